using System.Security.Cryptography;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Transport;
using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>
/// The one loop of a node, on a thread of its own so that busy sockets cannot starve its timers: takes an input,
/// lets the machine handle it, and carries the effects out in order. A fault of the disk ends it for good.
/// </summary>
internal sealed class MachineLoop : IDisposable
{
    private const int InputsBetweenTimers = 32;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly IMachine<HostInput> _machine;
    private readonly IKeyValueStore _store;
    private readonly ITransport _transport;
    private readonly LoopInbox _inbox;
    private readonly TimeProvider _time;
    private readonly LoopMeters _meters;
    private readonly TransactionTracer? _tracer;
    private readonly Action<DomainEvent> _onEvent;
    private readonly Action<Exception> _onFault;
    private readonly Queue<ConnectionId> _congested = new();
    private readonly TimerQueue _timers = new();
    private readonly EffectList _effects = new();
    private readonly GatheredWrites _writes;
    private readonly DeterministicRandom _random = new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
    private readonly JobPool _jobs;
    private readonly Thread _thread;
    private readonly long _startedAt;
    private volatile bool _stopping;
    private volatile bool _failed;

    public MachineLoop(
        IMachine<HostInput> machine,
        IKeyValueStore store,
        ITransport transport,
        LoopInbox inbox,
        int jobThreads,
        TimeProvider time,
        LoopMeters meters,
        Action<DomainEvent> onEvent,
        Action<Exception> onFault,
        TransactionTracer? tracer = null)
    {
        _machine = machine;
        _store = store;
        _writes = new GatheredWrites(store);
        _transport = transport;
        _inbox = inbox;
        _time = time;
        _meters = meters;
        _onEvent = onEvent;
        _onFault = onFault;
        _tracer = tracer;
        _startedAt = time.GetTimestamp();
        _jobs = new JobPool(jobThreads, OnJobFinished, Fail);
        _thread = new Thread(Run) { IsBackground = true, Name = "chain-core-node", Priority = ThreadPriority.AboveNormal };
    }

    public void Start() => _thread.Start();

    /// <summary>Has <paramref name="question"/> run between two steps, when the machine may be read; it must be short.</summary>
    public void Ask(Action<Instant> question) => _inbox.AddQuestion(question);

    /// <summary>Ends the loop after the current step and one that tells the machine, and waits for it.</summary>
    public void Dispose()
    {
        Stop();
        if (_thread.ThreadState != ThreadState.Unstarted && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _jobs.Dispose();
        _inbox.Dispose();
    }

    private Instant Now => new(_time.GetElapsedTime(_startedAt).Ticks / TimeSpan.TicksPerMicrosecond);

    private UnixTime WallClock => new((ulong)_time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Run()
    {
        try
        {
            Step(new HostInput.Started());
            while (!_stopping)
            {
                _meters.OnTurn();
                bool worked = FireTimers();
                worked |= HandleResults();
                worked |= HandleInputs();
                worked |= AnswerQuestion();
                if (!worked)
                {
                    WaitForWork();
                }
            }

            if (!_failed)
            {
                Step(new HostInput.Stopping());
            }
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException)
        {
            Fail(fault);
        }
    }

    private bool FireTimers()
    {
        bool any = false;
        while (!_stopping && _timers.TryPeek(out Instant due) && _timers.TryTakeDue(Now, out TimerKey key))
        {
            _meters.OnTimer(Now - due);
            Step(new HostInput.TimerFired(key));
            any = true;
        }

        return any;
    }

    private bool HandleResults()
    {
        bool any = false;
        while (!_stopping && _inbox.TryTakeResult(out HostInput.JobFinished? finished))
        {
            Step(finished);
            any = true;
        }

        return any;
    }

    private bool HandleInputs()
    {
        int handled = 0;
        while (!_stopping && handled < InputsBetweenTimers && _inbox.TryTakeInput(out HostInput? input))
        {
            Step(input);
            handled++;
        }

        return handled > 0;
    }

    /// <summary>One a turn: who asks much does not hold up the protocol.</summary>
    private bool AnswerQuestion()
    {
        bool asked = _inbox.TryTakeQuestion(out Action<Instant>? question);
        question?.Invoke(Now);
        return asked;
    }

    private void WaitForWork()
    {
        TimeSpan wait = LongestWait;
        if (_timers.TryPeek(out Instant due))
        {
            TimeSpan untilDue = due - Now;
            wait = untilDue < wait ? untilDue : wait;
        }

        if (wait > TimeSpan.Zero)
        {
            _inbox.Sleep(wait);
        }
    }

    /// <summary>One step, then the ones that tell the machine of connections that it congested: before anything else.</summary>
    private void Step(HostInput input)
    {
        StepOnce(input);
        while (_congested.TryDequeue(out ConnectionId connection))
        {
            StepOnce(new HostInput.Congested(connection));
        }
    }

    private void StepOnce(HostInput input)
    {
        long began = _meters.OnStepBegan();
        var context = new StepContext(Now, WallClock, _random);
        _effects.Clear();
        _machine.Handle(in input, in context, _effects);
        _tracer?.OnHandled(input);
        CarryOutAll(_effects.Effects);
        _meters.OnStepEnded(began);
    }

    /// <summary>
    /// Writes wait for each other, so that several cost one sync; whatever can be seen from outside waits for those before it. Where
    /// that is a sync, the writes behind it join, up to the next job, which must not see them.
    /// </summary>
    private void CarryOutAll(IReadOnlyList<Effect> effects)
    {
        int joined = 0; // writes before it have joined others
        for (int i = 0; i < effects.Count; i++)
        {
            Effect effect = effects[i];
            if (effect.Kind == EffectKind.Write)
            {
                if (i >= joined)
                {
                    _writes.Add(effect.Batch, effect.Durability);
                }

                continue;
            }

            if (effect.Kind is not (EffectKind.HoldUntilDurable or EffectKind.SetTimer or EffectKind.CancelTimer))
            {
                joined = _writes.AreDurable ? Join(effects, int.Max(i, joined)) : joined;
                _writes.Flush();
            }

            CarryOut(effect);
        }

        _writes.Flush();
    }

    /// <summary>Takes the writes from a place on up to the next job, and answers where that is.</summary>
    private int Join(IReadOnlyList<Effect> effects, int from)
    {
        int at = from;
        for (; at < effects.Count && effects[at].Kind != EffectKind.Offload; at++)
        {
            if (effects[at].Kind == EffectKind.Write)
            {
                _writes.Add(effects[at].Batch, effects[at].Durability);
            }
        }

        return at;
    }

    private void CarryOut(in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send: Send(effect.Connection, effect.Message); break;
            case EffectKind.Dial: _transport.Dial(effect.Address); break;
            case EffectKind.Close: _transport.Close(effect.Connection, effect.Reason); break;
            case EffectKind.SetTimer: _timers.Set(effect.Timer, effect.Due); break;
            case EffectKind.CancelTimer: _timers.Cancel(effect.Timer); break;
            case EffectKind.HoldUntilDurable: break; // What it holds waits for the writes in any case.
            case EffectKind.Offload: Offload(effect.JobId, effect.Job); break;
            case EffectKind.Emit: _onEvent(effect.Event); break;
        }
    }

    private void Offload(JobId id, Job job)
    {
        JobResult? brief;
        try
        {
            brief = job.TryRunBriefly(_store);
        }
        catch (Exception fault) // as on the threads of jobs
        {
            Fail(fault);
            return;
        }

        if (brief is null)
        {
            _jobs.Add(id, job, _store.CreateSnapshot());
        }
        else
        {
            OnJobFinished(id, brief);
        }
    }

    private void Send(ConnectionId connection, PeerMessage message)
    {
        _tracer?.OnSending(connection, message);
        if (!_transport.Send(connection, message))
        {
            _congested.Enqueue(connection);
        }
    }

    private void OnJobFinished(JobId id, JobResult result) => _inbox.AddResult(new HostInput.JobFinished(id, result));

    private void Fail(Exception fault)
    {
        _failed = true;
        Stop();
        _onFault(fault);
    }

    private void Stop()
    {
        _stopping = true;
        Ask(static _ => { }); // which wakes it
    }
}
