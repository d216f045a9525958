using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// One scenario of Twins (Bano et al. 2020): some validators run twice with one key, and in each of the first views the
/// nodes are split into groups between which nothing of that view passes, and a validator is named leader. After some
/// time everybody hears everybody.
/// </summary>
/// <param name="Validators">How many validators there are.</param>
/// <param name="Twins">How many of them, the first ones, run twice.</param>
/// <param name="Leaders">The leader of each view.</param>
/// <param name="Groups">The group of each node in each view.</param>
internal sealed record TwinsScenario(int Validators, int Twins, IReadOnlyList<int> Leaders, IReadOnlyList<IReadOnlyList<int>> Groups)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);
    private static readonly Instant Calm = Instant.Zero + TimeSpan.FromSeconds(2);

    /// <summary>Runs it until a fork, or until blocks become final again; gives the network, so that a test can say what it found.</summary>
    public StakeNetwork Run(EngineVariant variant, bool guarded)
    {
        var options = new ProofOfStakeOptions
        {
            Validators = TestKeys.Equal(Validators),
            ViewTimeout = TimeSpan.FromMilliseconds(200),
            MaxViewTimeout = TimeSpan.FromMilliseconds(400),
            RepeatInterval = TimeSpan.FromMilliseconds(200),
            VoteBatchDelay = TimeSpan.Zero,
        };
        var network = new StakeNetwork(options, realCrypto: false, variant with { Leaders = LeaderOf });
        network.Link = (from, to, payload) =>
            network.Now > Calm || Hears(ViewOf(EngineMessage.Decode(payload)), from, to) ? Delay : null;
        network.BlockLink = (from, to, header) => network.Now > Calm || Hears(ViewOf(header), from, to) ? Delay : null;
        for (int i = 0; i < Validators + Twins; i++)
        {
            network.Add(i < Validators ? i : i - Validators);
        }

        foreach (StakeNode node in network.Nodes)
        {
            node.GuardsSignatures = guarded;
            node.Start();
        }

        network.RunUntil(() => network.Forks.Count > 0 || IsLive(network), TimeSpan.FromSeconds(8));
        return network;
    }

    /// <summary>Whether new blocks became final at every correct node after all calmed down.</summary>
    public bool IsLive(StakeNetwork network) => network.Nodes.TrueForAll(node =>
        node.KeyIndex < Twins || (node.Finalized.Count > 0 && node.Finalized[^1].At > Calm));

    private int LeaderOf(View view) => view.Index <= (ulong)Leaders.Count
        ? Leaders[(int)view.Index - 1]
        : (int)(view.Index % (ulong)Validators);

    private bool Hears(View view, StakeNode from, StakeNode to) =>
        view.Index == 0
        || view.Index > (ulong)Groups.Count
        || Groups[(int)view.Index - 1][from.Index] == Groups[(int)view.Index - 1][to.Index];

    private static View ViewOf(EngineMessage? message) => message switch
    {
        EngineMessage.OfVote of => of.Vote.Statement.View,
        EngineMessage.OfCertificate of => of.Certificate.View,
        EngineMessage.Repeat repeat => repeat.View,
        EngineMessage.Status status => status.View,
        _ => View.Genesis,
    };

    private static View ViewOf(BlockHeader header) =>
        StakeSeal.TryDecode(header.Seal, out StakeSeal? seal) ? seal.View : View.Genesis;
}
