using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

/// <summary>Random trees under random marks, against a model that walks parent by parent.</summary>
public sealed class BlockTreeModelTests
{
    private readonly WeightRules _rules = new();

    [Fact]
    public void BlockTree_RandomSteps_AgreesWithTheModel()
    {
        for (ulong seed = 0; seed < (ulong)LongRun.Count(60, 3000); seed++)
        {
            Run(new DeterministicRandom(seed), steps: 200);
        }
    }

    [Fact]
    public void AncestorAt_LongChain_AgreesWithWalkingBack()
    {
        var tree = new BlockTree(HeaderMaker.Genesis());
        List<BlockTreeNode> chain = [tree.Genesis];
        for (int i = 0; i < 1000; i++)
        {
            chain.Add(tree.TryAdd(HeaderMaker.On(chain[^1], 0, WeightRules.Seal(1)), _rules, HeaderMaker.Start).Node!);
        }

        for (int tip = 0; tip < chain.Count; tip += 37)
        {
            IAncestors ancestors = chain[tip].AncestorsOfChild();
            for (int height = 0; height <= tip; height++)
            {
                Assert.Same(chain[height], chain[tip].AncestorAt(new BlockHeight((ulong)height)));
                Assert.True(ancestors.TryGet((ulong)(tip - height + 1), out BlockHeader? header));
                Assert.Same(chain[height].Header, header);
            }

            Assert.Null(chain[tip].AncestorAt(new BlockHeight((ulong)tip + 1)));
            Assert.False(ancestors.TryGet(0, out _));
            Assert.False(ancestors.TryGet((ulong)tip + 2, out _));
            Assert.False(ancestors.TryGet(ulong.MaxValue, out _));
        }
    }

    [Fact]
    public void Locator_ChainsOfManyLengths_StartsNewestThinsAndEndsAtGenesis()
    {
        var tree = new BlockTree(HeaderMaker.Genesis());
        BlockTreeNode tip = tree.Genesis;
        for (int i = 0; i < 3000; i++)
        {
            IReadOnlyList<BlockId> ids = tree.Locator(tip);
            Assert.Equal(tip.Id, ids[0]);
            Assert.Equal(tree.Genesis.Id, ids[^1]);
            Assert.True(ids.Count <= WireLimits.LocatorIds);
            Assert.Equal(ids.Count, ids.Distinct().Count());
            ulong[] heights = ids.Select(id => Node(tree, id).Height.Value).ToArray();
            for (int k = 1; k < heights.Length; k++)
            {
                Assert.True(heights[k] < heights[k - 1] && (k > 9 || heights[k] == heights[k - 1] - 1));
            }

            tip = tree.TryAdd(HeaderMaker.On(tip, 0, WeightRules.Seal(1)), _rules, HeaderMaker.Start).Node!;
        }

        Assert.InRange(tree.Locator(tip).Count, 15, 25);
    }

    [Fact]
    public void HeadersAfter_LocatorOfAnotherBranch_StartsWhereTheChainsPart()
    {
        var tree = new BlockTree(HeaderMaker.Genesis());
        List<BlockTreeNode> chain = Grow(tree, tree.Genesis, 30, 0);
        List<BlockTreeNode> branch = Grow(tree, chain[9], 5, 1);
        tree.MarkValid(chain[^1].Id);
        tree.SetHead(chain[^1].Id);

        Assert.Equal(Headers(chain[10..]), tree.HeadersAfter(tree.Locator(branch[^1]), 100));
        Assert.Equal(Headers(chain[10..13]), tree.HeadersAfter(tree.Locator(branch[^1]), 3));
        Assert.Equal(Headers(chain), tree.HeadersAfter([default, new BlockId(Crypto.Sha256.Hash([1]))], 100));
        Assert.Equal(Headers(chain), tree.HeadersAfter([], 100));
        Assert.Empty(tree.HeadersAfter(tree.Locator(), 100));
        Assert.Empty(tree.HeadersAfter([], 0));
    }

    private static BlockHeader[] Headers(IEnumerable<BlockTreeNode> nodes) => nodes.Select(node => node.Header).ToArray();

    private static BlockTreeNode Node(BlockTree tree, BlockId id)
    {
        Assert.True(tree.TryGet(id, out BlockTreeNode? node));
        return node;
    }

    private List<BlockTreeNode> Grow(BlockTree tree, BlockTreeNode parent, int count, ulong salt)
    {
        List<BlockTreeNode> nodes = [];
        for (int i = 0; i < count; i++)
        {
            parent = tree.TryAdd(HeaderMaker.On(parent, salt, WeightRules.Seal(1)), _rules, HeaderMaker.Start).Node!;
            nodes.Add(parent);
        }

        return nodes;
    }

    private void Run(DeterministicRandom random, int steps)
    {
        var tree = new BlockTree(HeaderMaker.Genesis());
        List<BlockTreeNode> nodes = [tree.Genesis];
        for (int i = 0; i < steps; i++)
        {
            BlockTreeNode pick = nodes[random.NextIndex(nodes.Count)];
            switch (random.NextIndex(10))
            {
                case 0 when !pick.IsOnChainOf(tree.Head):
                    List<BlockTreeNode> expected = nodes.Where(each => each.Status != BlockStatus.Invalid && Chain(each).Contains(pick)).ToList();
                    Assert.Equal(expected.ToHashSet(), tree.MarkInvalid(pick.Id).ToHashSet());
                    break;
                case 1 when pick.Status != BlockStatus.Invalid:
                    tree.MarkValid(pick.Id);
                    Assert.All(Chain(pick), each => Assert.Equal(BlockStatus.Valid, each.Status));
                    break;
                case 2 when pick.Status == BlockStatus.Valid && Chain(pick).Contains(tree.Finalized):
                    AssertPath(tree.Head, pick, tree.SetHead(pick.Id));
                    break;
                case 3 when random.NextIndex(8) == 0 && pick.IsOnChainOf(tree.Head):
                    foreach (BlockTreeNode gone in tree.Finalize(pick.Id))
                    {
                        Assert.True(nodes.Remove(gone));
                    }

                    break;
                default:
                    Extend(tree, nodes, pick, random);
                    break;
            }

            AssertModel(tree, nodes);
        }
    }

    private void Extend(BlockTree tree, List<BlockTreeNode> nodes, BlockTreeNode parent, DeterministicRandom random)
    {
        // Chains, not bushes: prefer the newest.
        parent = random.NextIndex(2) == 0 ? nodes[^1] : parent;
        AddHeaderResult result = tree.TryAdd(
            HeaderMaker.On(parent, random.NextUInt64(), WeightRules.Seal(random.NextBelow(3))), _rules, HeaderMaker.Start);
        if (result.Node is not null)
        {
            nodes.Add(result.Node);
        }
        else
        {
            Assert.True(parent.Status == BlockStatus.Invalid || parent.Height < tree.Finalized.Height);
        }
    }

    private static void AssertModel(BlockTree tree, List<BlockTreeNode> nodes)
    {
        Assert.Equal(nodes.Count, tree.Count);
        List<BlockTreeNode> live = nodes.Where(node => node.Status != BlockStatus.Invalid).ToList();
        UInt256 greatest = live.Max(node => node.Weight);
        Assert.Equal(greatest, tree.Heaviest.Weight);
        Assert.NotEqual(BlockStatus.Invalid, tree.Heaviest.Status);
        List<BlockTreeNode> chain = Chain(tree.Head);
        Assert.Contains(tree.Finalized, chain);
        Assert.Contains(tree.Safe, chain);
        Assert.True(tree.Safe.Height >= tree.Finalized.Height);
        foreach (BlockTreeNode node in chain)
        {
            Assert.Same(node, tree.OnChain(node.Height));
        }
    }

    private static void AssertPath(BlockTreeNode from, BlockTreeNode to, ChainPath path)
    {
        List<BlockTreeNode> old = Chain(from);
        List<BlockTreeNode> young = Chain(to);
        BlockTreeNode fork = old.First(young.Contains);
        Assert.Same(fork, path.ForkPoint);
        Assert.Same(fork, BlockTreeNode.CommonAncestor(from, to));
        Assert.Equal(old.TakeWhile(node => node != fork), path.Unapplied);
        Assert.Equal(young.TakeWhile(node => node != fork).Reverse(), path.Applied);
    }

    private static List<BlockTreeNode> Chain(BlockTreeNode tip)
    {
        List<BlockTreeNode> nodes = [];
        for (BlockTreeNode? node = tip; node is not null; node = node.Parent)
        {
            nodes.Add(node);
        }

        return nodes;
    }
}
