using Chain.Core.Machines;
using Chain.Core.Wire;
using Pool = Chain.Core.Ledger.Mempool;

namespace Chain.Core.Ledger.Tests.Mempool;

/// <summary>A mempool on a test chain, whose jobs run when the test says so.</summary>
internal sealed class MempoolBench
{
    public static readonly ConnectionId Peer = new(9);

    private static readonly TimerKey SaveTimer = new(2);

    private readonly DeterministicRandom _random = new(1);

    public MempoolBench(MempoolOptions? options = null, TestChain? chain = null, UnixTime clock = default, ResidentStates? states = null)
    {
        Clock = clock;
        Chain = chain ?? new TestChain();
        Effects = new RecordingEffects(Chain.Store);
        Pool = new Pool(Chain.Definition, Chain.Id, options, states);
        HeadTo(Chain.Head, [], []);
        RunJobs();
    }

    public TestChain Chain { get; }

    public Pool Pool { get; }

    public RecordingEffects Effects { get; }

    public Instant Now { get; set; }

    public UnixTime Clock { get; set; }

    public List<Transaction> Admitted => [.. Effects.Events.OfType<MempoolEvent.TransactionAdmitted>().Select(static e => e.Transaction)];

    public List<TransactionRefusal> Refusals => [.. Effects.Events.OfType<MempoolEvent.TransactionRefused>().Select(static e => e.Reason)];

    public List<(TransactionId Id, DropReason Reason)> Drops =>
        [.. Effects.Events.OfType<MempoolEvent.TransactionDropped>().Select(static e => (e.Id, e.Reason))];

    public List<TransactionId> Selected => [.. Pool.SelectCandidates(BlockBudget.Of(Chain.Definition.Limits)).Select(static t => t.Id)];

    public void Handle(MempoolInput input) => Pool.Handle(in input, new StepContext(Now, Clock, _random), Effects);

    public void Submit(params Transaction[] transactions) => Handle(new MempoolInput.Submitted(transactions, Peer));

    /// <summary>Submits and has everything decided.</summary>
    public void Take(params Transaction[] transactions)
    {
        Submit(transactions);
        RunJobs();
    }

    public void RunJobs()
    {
        while (Effects.Jobs.Count != 0)
        {
            RunJob();
        }
    }

    public void RunJob()
    {
        (JobId id, Job job) = Effects.Jobs[0];
        Effects.Jobs.RemoveAt(0);
        Handle(new MempoolInput.JobFinished(id, job.Run(Chain.Store)));
    }

    /// <summary>Puts a block with these transactions on the chain and tells the mempool.</summary>
    public Block Mine(params Transaction[] transactions)
    {
        Chain.Append(transactions);
        HeadTo(Chain.Head, [Chain.Head], []);
        return Chain.Head;
    }

    /// <summary>Has the timer of saving fire, where it is set.</summary>
    public bool Save()
    {
        bool isSet = Effects.Timers.Remove(SaveTimer, out Instant due);
        if (isSet)
        {
            Now = due;
            Handle(new MempoolInput.TimerFired(SaveTimer));
        }

        return isSet;
    }

    public void HeadTo(Block head, Block[] applied, Block[] unapplied) =>
        Handle(new MempoolInput.HeadChanged(head.Height, head.Header.Fields.StateRoot, applied, unapplied));
}
