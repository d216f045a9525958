using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Laboratory;

/// <summary>
/// One gossip among ten thousand nodes: machines on the simulator, digest on, against async without one. Both networks are
/// made and connected before; a call is two minutes more of what they do, and all that happens in it is a message.
/// </summary>
internal sealed class EventCostContest
{
    private const int Nodes = 10_000;

    /// <summary>How many numbers spread in a call.</summary>
    private const int Numbers = 12;

    /// <summary>Each node but the first four dials four.</summary>
    private const int Connections = (4 * Nodes) - 10;

    /// <summary>Each connection carries a number in both directions, but not back to where a node heard it first.</summary>
    public const int Events = Numbers * ((2 * Connections) - (Nodes - 1));

    private readonly ToyNetwork _machines = new(Nodes, threads: 1);
    private readonly AsyncGossip _async = new(Nodes);

    private EventCostContest()
    {
        // Dials are over, and a call ends between two numbers.
        _machines.Simulator.RunFor(ToyMachine.Interval / 2);
        _async.RunFor(ToyMachine.Interval / 2);
    }

    public static Contest Prepare()
    {
        var contest = new EventCostContest();
        return new Contest(contest.RunMachines, contest.RunAsync, contest.FindDisagreement);
    }

    private void RunMachines()
    {
        long before = _machines.Simulator.Traffic.MessagesOf(MessageKind.Ping);
        _machines.Simulator.RunFor(ToyMachine.Interval * Numbers);
        RequireAll(_machines.Simulator.Traffic.MessagesOf(MessageKind.Ping) - before);
    }

    private void RunAsync()
    {
        long before = _async.Delivered;
        _async.RunFor(ToyMachine.Interval * Numbers);
        RequireAll(_async.Delivered - before);
    }

    private static void RequireAll(long messages)
    {
        if (messages != Events)
        {
            throw new InvalidOperationException($"{messages} messages in a call, not {Events}");
        }
    }

    /// <summary>Each call of either side counts its messages.</summary>
    private string? FindDisagreement()
    {
        RunMachines();
        RunAsync();
        return null;
    }
}
