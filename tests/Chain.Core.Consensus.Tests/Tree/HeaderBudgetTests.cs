using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

/// <summary>What headers of minimal work can make a node keep. Alone, because it measures the whole process.</summary>
[Collection(nameof(HeaderBudgetTests))]
[CollectionDefinition(nameof(HeaderBudgetTests), DisableParallelization = true)]
public sealed class HeaderBudgetTests
{
    private const ulong HonestWeight = 1000;
    private const long MegaByte = 1 << 20;
    private const int MessageBytes = 8 * 1024;

    private readonly WeightRules _rules = new();

    [Fact]
    [Trait("Fault", "29")]
    public void Fault29_EightPeersOfMinimalWorkHeaders_EachKeepsOneMegabyteAndTheHonestChainWins()
    {
        BlockTree tree = HonestTree(300, new BlockTreeLimits());
        int count = tree.Count;
        Assert.InRange(FloodedBytesPerPeer(tree, LongRun.Count(2_500, 1_000_000)), 1, MegaByte);
        Assert.Equal(8 * 1024, tree.Count - count);

        // The honest chain goes on, and a better one that parts from it far below is taken in, whatever the others hold.
        var honest = new ConnectionId(100);
        BlockTreeNode tip = tree.OnChain(new BlockHeight(10))!;
        for (ulong i = 0; i < 2000; i++)
        {
            AddHeaderResult result = Offer(tree, tip, HonestWeight, salt: 7, honest);
            Assert.Equal(AddHeaderStatus.Added, result.Status);
            tip = result.Node!;
        }

        Assert.Same(tip, tree.Heaviest);
    }

    [Fact]
    [Trait("Fault", "29")]
    public void Fault29_MutantWithoutABudget_KeepsMore() =>
        Assert.True(FloodedBytesPerPeer(HonestTree(300, new BlockTreeLimits { HeadersPerSource = int.MaxValue }), 2_500) > MegaByte);

    [Fact]
    [Trait("Fault", "29")]
    public void Fault29_MutantThatKeepsTheMessagesOfHeaders_KeepsMore() =>
        Assert.True(FloodedBytesPerPeer(HonestTree(300, new BlockTreeLimits { PinsMessages = true }), 2_500) > MegaByte);

    [Fact]
    public void TryAdd_SideBranchesAboveTheBudget_KeepsTheHeaviest()
    {
        var tree = new BlockTree(HeaderMaker.Genesis(), new BlockTreeLimits { HeadersPerSource = 4 });
        var peer = new ConnectionId(1);
        for (ulong weight = 10; weight < 14; weight++)
        {
            Assert.Equal(AddHeaderStatus.Added, Offer(tree, tree.Genesis, weight, weight, peer).Status);
        }

        Assert.Equal(AddHeaderStatus.OverBudget, Offer(tree, tree.Genesis, 9, 9, peer).Status);
        Assert.Equal(AddHeaderStatus.OverBudget, Offer(tree, tree.Genesis, 10, 99, peer).Status);
        Assert.Equal(5, tree.Count);

        BlockTreeNode heavy = Offer(tree, tree.Genesis, 20, 20, peer).Node!;
        Assert.Equal(5, tree.Count);
        Assert.Same(heavy, tree.Heaviest);
        Assert.Equal(AddHeaderStatus.Added, Offer(tree, tree.Genesis, 10, 10, peer: null).Status);
    }

    [Fact]
    public void TryAdd_OneLongChainAboveTheBudget_WaitsForTheHead()
    {
        var tree = new BlockTree(HeaderMaker.Genesis(), new BlockTreeLimits { HeadersPerSource = 4 });
        var peer = new ConnectionId(1);
        BlockTreeNode tip = tree.Genesis;
        for (int i = 0; i < 4; i++)
        {
            tip = Offer(tree, tip, 1, 0, peer).Node!;
        }

        Assert.Equal(AddHeaderStatus.OverBudget, Offer(tree, tip, 1, 0, peer).Status);
        Assert.Equal(AddHeaderStatus.Added, Offer(tree, tip, 1, 1, new ConnectionId(2)).Status);

        // Two bodies are there: two more headers may come.
        tree.MarkValid(tip.Parent!.Parent!.Id);
        tip = Offer(tree, tip, 1, 0, peer).Node!;
        tip = Offer(tree, tip, 1, 0, peer).Node!;
        Assert.Equal(AddHeaderStatus.OverBudget, Offer(tree, tip, 1, 0, peer).Status);
    }

    [Fact]
    public void TryAdd_NewSiblingOfABudgetThatIsFull_NeverRemovesItsOwnParent()
    {
        var tree = new BlockTree(HeaderMaker.Genesis(), new BlockTreeLimits { HeadersPerSource = 1 });
        var peer = new ConnectionId(1);
        BlockTreeNode only = Offer(tree, tree.Genesis, 1, 0, peer).Node!;
        Assert.Equal(AddHeaderStatus.OverBudget, Offer(tree, only, 100, 0, peer).Status);
        Assert.True(tree.TryGet(only.Id, out _));
    }

    [Fact]
    public void ForgetSource_PeersThatComeAndGo_AreBoundedTogether()
    {
        var limits = new BlockTreeLimits { HeadersPerSource = 8, HeadersOfGoneSources = 10 };
        var tree = new BlockTree(HeaderMaker.Genesis(), limits);
        for (ulong peer = 0; peer < 20; peer++)
        {
            for (ulong i = 0; i < 8; i++)
            {
                Offer(tree, tree.Genesis, peer + 1, (peer * 100) + i, new ConnectionId(peer));
            }

            tree.ForgetSource(new ConnectionId(peer));
        }

        tree.ForgetSource(new ConnectionId(77));
        Assert.Equal(11, tree.Count);
        Assert.Equal((UInt256)20, tree.Heaviest.Weight);
    }

    [Fact]
    public void ForgetSource_LongChain_IsCutFromItsTip()
    {
        var tree = new BlockTree(HeaderMaker.Genesis(), new BlockTreeLimits { HeadersOfGoneSources = 3 });
        BlockTreeNode[] chain = new BlockTreeNode[6];
        for (int i = 0; i < chain.Length; i++)
        {
            chain[i] = Offer(tree, i == 0 ? tree.Genesis : chain[i - 1], 1, 0, new ConnectionId(1)).Node!;
        }

        tree.ForgetSource(new ConnectionId(1));
        Assert.Equal(4, tree.Count);
        Assert.Same(chain[2], tree.Heaviest);
    }

    /// <summary>What the headers of eight flooding peers take in memory, for each peer.</summary>
    private long FloodedBytesPerPeer(BlockTree tree, int headers)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (ulong peer = 0; peer < 8; peer++)
        {
            Flood(tree, new ConnectionId(peer), headers);
        }

        long bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 8;
        GC.KeepAlive(tree);
        return bytes;
    }

    /// <summary>The header as it comes out of a larger message, of which it holds on to all bytes.</summary>
    private static BlockHeader Received(BlockHeader header)
    {
        var message = new byte[MessageBytes];
        header.Encoded.CopyTo(message);
        var reader = new WireReader(message);
        Assert.True(BlockHeader.TryRead(ref reader, out BlockHeader? received));
        return received;
    }

    private void Flood(BlockTree tree, ConnectionId peer, int headers)
    {
        // One long chain from genesis; when that is refused, side branches of every height.
        BlockTreeNode tip = tree.Genesis;
        List<BlockTreeNode> own = [tip];
        for (int i = 0; i < headers; i++)
        {
            AddHeaderResult result = Offer(tree, tip, 1, (peer.Value * 10_000_000) + (ulong)i + 100, peer);
            if (result.Node is not null && own.Count < 2000)
            {
                own.Add(result.Node);
            }

            tip = result.Node ?? own[i % own.Count];
            tip = tree.TryGet(tip.Id, out _) ? tip : tree.Genesis;
        }
    }

    private BlockTree HonestTree(int blocks, BlockTreeLimits limits)
    {
        var tree = new BlockTree(HeaderMaker.Genesis(), limits);
        for (int i = 0; i < blocks; i++)
        {
            BlockTreeNode node = Offer(tree, tree.Head, HonestWeight, 0, peer: null).Node!;
            tree.MarkValid(node.Id);
            tree.SetHead(node.Id);
        }

        return tree;
    }

    private AddHeaderResult Offer(BlockTree tree, BlockTreeNode parent, ulong weight, ulong salt, ConnectionId? peer) =>
        tree.TryAdd(Received(HeaderMaker.On(parent, salt, WeightRules.Seal(weight))), _rules, HeaderMaker.Start, peer);
}
