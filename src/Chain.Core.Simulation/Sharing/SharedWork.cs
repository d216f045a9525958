using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>
/// What the nodes of a run have in common, kept once: records of their disks, what follows from headers, and results of jobs. A
/// job is a pure function of itself and of what it reads, so that a node whose job and whose reads are the same is given the result that another one
/// computed. That changes nothing but the time and the memory that a simulation takes. For one thread.
/// </summary>
internal sealed class SharedWork
{
    /// <summary>Beyond this the older half is forgotten.</summary>
    private const int MaxRemembered = 2048;

    /// <summary>Results of one job that differ because stores differ.</summary>
    private const int MaxAnswers = 4;

    private Dictionary<object, List<Answer>> _young = [];
    private Dictionary<object, List<Answer>> _old = [];

    public RecordTable Records { get; } = new();

    /// <summary>Headers are judged in steps, and not in jobs, and so by the trees themselves.</summary>
    public HeaderJudgements Judgements { get; } = new();

    /// <summary>The result of a job over a store.</summary>
    public JobResult Run(Job job, IKeyValueReader store)
    {
        if (job.SharingKey is not { } key)
        {
            return job.Run(store);
        }

        List<Answer> answers = AnswersOf(key);
        foreach (Answer answer in answers)
        {
            if (RecordedReads.AreSameIn(store, answer.Reads))
            {
                return answer.Result;
            }
        }

        var reads = new RecordedReads(store);
        JobResult result = job.Run(reads);
        if (answers.Count < MaxAnswers)
        {
            answers.Add(new Answer(reads.Reads, result));
        }

        return result;
    }

    private List<Answer> AnswersOf(object key)
    {
        if (_young.TryGetValue(key, out List<Answer>? answers))
        {
            return answers;
        }

        answers = _old.GetValueOrDefault(key) ?? [];
        if (_young.Count >= MaxRemembered / 2)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young.Add(key, answers);
        return answers;
    }

    private sealed record Answer(IReadOnlyList<RecordedReads.Read> Reads, JobResult Result);
}
