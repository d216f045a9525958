using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

/// <summary>A chain whose blocks need no work, and blocks for it.</summary>
internal sealed class DevFixture
{
    public DevFixture(string name = "fixture")
    {
        var genesis = new GenesisSpec(1, name, new UnixTime(1_000_000), []);
        Definition = new ChainDefinition(new DevConsensus(), new LedgerDefinition([new TokenModule()]), genesis);
        Tree = new BlockTree(Definition.Genesis.Header);
        Rules = Definition.Consensus.CreateRules(Definition.Genesis.Header);
    }

    public ChainDefinition Definition { get; }

    public BlockTree Tree { get; }

    public IHeaderRules Rules { get; }

    /// <summary>An empty block on a block of the tree, not added to it. Its state is its parent's, as execution demands.</summary>
    public static Block Child(BlockTreeNode parent, ulong variant = 0)
    {
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion,
            parent.Height.Next(),
            parent.Id,
            new UnixTime(parent.Header.Time.Milliseconds + 1 + variant),
            Block.RootOf([]),
            parent.Header.Fields.StateRoot,
            parent.HistoryRootForChild);
        return Block.Create(BlockHeader.Create(in fields, []), []);
    }

    /// <summary>The service of a tree.</summary>
    public ChainService ServiceOf(BlockTree tree, long bodyCacheBytes)
    {
        var options = new FullNodeOptions { Self = PeerOf(1), BodyCacheBytes = bodyCacheBytes };
        var states = new ResidentStates();
        return new ChainService(Definition, tree, Rules, options, states, Definition.CreateMempool(states));
    }

    /// <summary>Adds a header to the tree.</summary>
    public BlockTreeNode Add(BlockTreeNode parent, ulong variant = 0)
    {
        AddHeaderResult added = Tree.TryAdd(Child(parent, variant).Header, Rules, new UnixTime(ulong.MaxValue / 2));
        Assert.Equal(AddHeaderStatus.Added, added.Status);
        return added.Node!;
    }

    /// <summary>Adds a chain of headers to the tree; the last one is returned.</summary>
    public BlockTreeNode AddChain(BlockTreeNode parent, int length, ulong variant = 0)
    {
        for (int i = 0; i < length; i++)
        {
            parent = Add(parent, variant);
        }

        return parent;
    }

    /// <summary>Blocks on genesis, each on the one before.</summary>
    public List<Block> Blocks(int count)
    {
        var tree = new BlockTree(Definition.Genesis.Header);
        var blocks = new List<Block>();
        BlockTreeNode parent = tree.Genesis;
        for (int i = 0; i < count; i++)
        {
            Block block = Child(parent);
            blocks.Add(block);
            parent = tree.TryAdd(block.Header, Rules, new UnixTime(ulong.MaxValue / 2)).Node!;
        }

        return blocks;
    }

    public static WriteBatch BatchOf(Action<WriteBatch> write)
    {
        var batch = new WriteBatch();
        write(batch);
        return batch;
    }

    public static PeerId PeerOf(byte number) => new(Sha256.Hash([number]));
}
