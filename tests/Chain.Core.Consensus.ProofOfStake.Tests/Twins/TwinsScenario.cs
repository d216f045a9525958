using Chain.Core.Machines;
using Chain.Core.Simulation;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>One scenario of Twins with engines: in each of the first views nothing of that view passes between groups.</summary>
internal sealed class TwinsScenario(TwinsSchedule schedule)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly Instant Calm = Instant.Zero + TimeSpan.FromSeconds(1);

    private ReadOnlyMemory<byte> _lastPayload;
    private ulong _lastView;

    /// <summary>Whether votes are signed under the marks of a signer, the second belt of a correct node.</summary>
    public bool IsGuarded { get; init; } = true;

    /// <summary>Signatures that light clients and evidence can be checked with; slow.</summary>
    public bool HasRealCrypto { get; init; }

    /// <summary>Runs until a fork, or until blocks become final again; gives the network, so that a test can say what it found.</summary>
    public StakeNetwork Run()
    {
        StakeNetwork network = Start();
        network.RunUntil(() => network.Forks.Count > 0 || IsLive(network), Patience);
        return network;
    }

    /// <summary>Starts the nodes.</summary>
    public StakeNetwork Start()
    {
        var options = new ProofOfStakeOptions
        {
            Validators = TestKeys.Equal(schedule.Validators),
            ViewTimeout = TimeSpan.FromMilliseconds(200),
            MaxViewTimeout = TimeSpan.FromMilliseconds(400),
            RepeatInterval = TimeSpan.FromMilliseconds(200),
            VoteBatchDelay = TimeSpan.Zero,
        };
        var network = new StakeNetwork(options, HasRealCrypto, view => schedule.LeaderOf(view.Index));
        network.Link = (from, to, payload) =>
            network.Now > Calm || schedule.Passes(ViewOf(payload), from.Index, to.Index) ? Delay : null;
        network.BlockLink = (from, to, header) =>
            network.Now > Calm || schedule.Passes(ViewOf(header), from.Index, to.Index) ? Delay : null;
        for (int node = 0; node < schedule.Nodes; node++)
        {
            network.Add(schedule.ValidatorOf(node));
        }

        foreach (StakeNode node in network.Nodes)
        {
            node.GuardsSignatures = IsGuarded;
            node.Start();
        }

        return network;
    }

    /// <summary>What went wrong, in words; null where nothing did.</summary>
    public string? FindFault()
    {
        StakeNetwork network = Run();
        return network.Forks.Count > 0 ? network.Forks[0]
            : IsLive(network) ? null
            : $"nothing becomes final: {network.Describe()}";
    }

    /// <summary>Whether new blocks became final at every correct node after all calmed down.</summary>
    private bool IsLive(StakeNetwork network)
    {
        if (network.Now <= Calm)
        {
            return false;
        }

        foreach (StakeNode node in network.Nodes)
        {
            if (node.KeyIndex >= schedule.Twins && (node.Finalized.Count == 0 || node.Finalized[^1].At <= Calm))
            {
                return false;
            }
        }

        return true;
    }

    // One message goes to many nodes, one after the other.
    private ulong ViewOf(ReadOnlyMemory<byte> payload)
    {
        if (!_lastPayload.Equals(payload))
        {
            _lastPayload = payload;
            _lastView = EngineMessage.Decode(payload) switch
            {
                EngineMessage.OfVote of => of.Vote.Statement.View.Index,
                EngineMessage.OfCertificate of => of.Certificate.View.Index,
                EngineMessage.Repeat repeat => repeat.View.Index,
                EngineMessage.Status status => status.View.Index,
                _ => 0,
            };
        }

        return _lastView;
    }

    private static ulong ViewOf(BlockHeader header) =>
        StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) ? seal.View.Index : 0;
}
