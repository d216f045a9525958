using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

public sealed class BlockTreeTests
{
    private static readonly UnixTime Now = HeaderMaker.Start.Plus(TimeSpan.FromDays(365));

    private readonly WeightRules _rules = new();
    private readonly BlockTree _tree = new(HeaderMaker.Genesis());

    [Fact]
    public void Constructor_NewChain_HasGenesisAtEveryMark()
    {
        Assert.Same(_tree.Genesis, _tree.Head);
        Assert.Same(_tree.Genesis, _tree.Safe);
        Assert.Same(_tree.Genesis, _tree.Finalized);
        Assert.Same(_tree.Genesis, _tree.Heaviest);
        Assert.Equal(UInt256.Zero, _tree.Genesis.Weight);
        Assert.Equal(BlockStatus.Valid, _tree.Genesis.Status);
        Assert.Equal(1UL, _tree.Genesis.History.Size);
    }

    [Fact]
    public void Constructor_GenesisNotAtHeightZero_Throws()
    {
        BlockHeader header = BlockHeader.Create(HeaderMaker.FieldsOn(_tree.Genesis), default);
        Assert.Throws<ArgumentException>(() => new BlockTree(header));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new BlockTree(HeaderMaker.Genesis(), new BlockTreeLimits { HeadersPerSource = 0 }));
    }

    [Fact]
    public void TryAdd_ChildOfGenesis_IsAddedOnce()
    {
        BlockHeader header = HeaderMaker.On(_tree.Genesis, 0, WeightRules.Seal(7));
        AddHeaderResult first = _tree.TryAdd(header, _rules, Now);
        AddHeaderResult second = _tree.TryAdd(header, _rules, Now);

        Assert.Equal(AddHeaderStatus.Added, first.Status);
        Assert.Equal((UInt256)7, first.Node!.Weight);
        Assert.Equal(BlockStatus.HeaderOnly, first.Node.Status);
        Assert.Equal(AddHeaderStatus.AlreadyKnown, second.Status);
        Assert.Same(first.Node, second.Node);
        Assert.Equal(1, _rules.Verified);
    }

    [Fact]
    public void TryAdd_ParentNotThere_KeepsNothing()
    {
        BlockTreeNode missing = Add(_tree.Genesis);
        BlockHeader orphan = HeaderMaker.On(missing, 0, WeightRules.Seal(1));
        var other = new BlockTree(HeaderMaker.Genesis());

        Assert.Equal(AddHeaderStatus.UnknownParent, other.TryAdd(orphan, _rules, Now).Status);
        Assert.Equal(1, other.Count);
    }

    [Theory]
    [InlineData(HeaderVerdict.WrongVersion)]
    [InlineData(HeaderVerdict.WrongHeight)]
    [InlineData(HeaderVerdict.WrongHistory)]
    [InlineData(HeaderVerdict.MalformedSeal)]
    public void TryAdd_OneRuleBroken_SaysWhich(HeaderVerdict broken)
    {
        BlockTreeNode parent = Add(_tree.Genesis);
        HeaderFields fields = HeaderMaker.FieldsOn(parent);
        fields = broken switch
        {
            HeaderVerdict.WrongVersion => fields with { Version = 2 },
            HeaderVerdict.WrongHeight => fields with { Height = new BlockHeight(3) },
            HeaderVerdict.WrongHistory => fields with { HistoryRoot = _tree.Genesis.HistoryRootForChild },
            _ => fields,
        };
        byte[] seal = broken == HeaderVerdict.MalformedSeal ? [1] : WeightRules.Seal(1);
        AddHeaderResult result = _tree.TryAdd(BlockHeader.Create(in fields, seal), _rules, Now);

        Assert.Equal((AddHeaderStatus.Invalid, broken), (result.Status, result.Verdict));
        Assert.Null(result.Node);
        Assert.Equal(2, _tree.Count);
    }

    [Fact]
    public void HistoryRootForChild_ChainOfThree_IsTheRootOverIdsAndWeights()
    {
        BlockTreeNode first = Add(_tree.Genesis, 5);
        BlockTreeNode second = Add(first, 6);
        Hash256[] leaves =
        [
            HistoryLeaf.Hash(_tree.Genesis.Id, 0),
            HistoryLeaf.Hash(first.Id, 5),
            HistoryLeaf.Hash(second.Id, 11),
        ];

        Assert.Equal(MerkleTree.Root(leaves), second.HistoryRootForChild);
        Assert.Equal(
            MerkleTree.Root([leaves[0], leaves[1], HistoryLeaf.Hash(second.Id, 11)]), second.History.Root);
        Assert.NotEqual(HistoryLeaf.Hash(second.Id, 11), HistoryLeaf.Hash(second.Id, 12));
    }

    [Fact]
    public void HistoryLeaf_KnownValue_StaysAsItIs()
    {
        // Pins the format: the tagged hash of 32 + 32 bytes, computed from SHA-256 alone.
        Hash256 tag = Sha256.Hash("chain-core/history-leaf/v1"u8);
        byte[] message = [.. tag.ToArray(), .. tag.ToArray(), .. new byte[32], .. new byte[31], 9];
        Assert.Equal(Sha256.Hash(message), HistoryLeaf.Hash(BlockId.None, 9));
    }

    [Fact]
    public void TryAdd_WeightsBeyondTheNumbers_StayAtTheGreatest()
    {
        var rules = new FixedWeight(UInt256.MaxValue);
        BlockTreeNode first = _tree.TryAdd(HeaderMaker.On(_tree.Genesis), rules, Now).Node!;
        BlockTreeNode second = _tree.TryAdd(HeaderMaker.On(first), rules, Now).Node!;
        Assert.Equal(UInt256.MaxValue, second.Weight);
    }

    [Fact]
    public void MarkInvalid_BlockWithDescendants_SpoilsThemAll()
    {
        BlockTreeNode a = Add(_tree.Genesis, 1);
        BlockTreeNode b = Add(a, 10);
        BlockTreeNode c = Add(b, 10);
        BlockTreeNode aside = Add(a, 2, salt: 1);

        Assert.Equal([b, c], _tree.MarkInvalid(b.Id));
        Assert.Equal([BlockStatus.HeaderOnly, BlockStatus.Invalid, BlockStatus.Invalid], [a.Status, b.Status, c.Status]);
        Assert.Same(aside, _tree.Heaviest);
        Assert.Empty(_tree.MarkInvalid(b.Id));
        AddHeaderResult child = _tree.TryAdd(HeaderMaker.On(c, 0, WeightRules.Seal(1)), _rules, Now);
        Assert.Equal((AddHeaderStatus.Invalid, HeaderVerdict.InvalidAncestor), (child.Status, child.Verdict));
        Assert.Throws<ArgumentException>(() => _tree.MarkValid(c.Id));
    }

    [Fact]
    public void MarkInvalid_BlockUnderTheHead_Throws()
    {
        BlockTreeNode a = Add(_tree.Genesis);
        _tree.MarkValid(a.Id);
        _tree.SetHead(a.Id);
        Assert.Throws<ArgumentException>(() => _tree.MarkInvalid(a.Id));
        Assert.Throws<ArgumentException>(() => _tree.MarkInvalid(default));
    }

    [Fact]
    public void SetHead_OtherBranch_SaysWhatIsUndoneAndDone()
    {
        BlockTreeNode fork = Add(_tree.Genesis);
        BlockTreeNode[] left = AddChain(fork, 2, salt: 1);
        BlockTreeNode[] right = AddChain(fork, 3, salt: 2);
        _tree.MarkValid(left[^1].Id);
        _tree.MarkValid(right[^1].Id);
        Assert.Equal([fork, .. left], _tree.SetHead(left[^1].Id).Applied);
        _tree.SetSafe(left[0].Id);

        ChainPath path = _tree.SetHead(right[^1].Id);

        Assert.Same(fork, path.ForkPoint);
        Assert.Equal(left.Reverse(), path.Unapplied);
        Assert.Equal(right, path.Applied);
        Assert.Same(fork, _tree.Safe);
        Assert.Same(right[0], _tree.OnChain(new BlockHeight(2)));
        Assert.Null(_tree.OnChain(new BlockHeight(5)));
    }

    [Fact]
    public void SetHead_BlockThatWasNotJudged_Throws()
    {
        BlockTreeNode a = Add(_tree.Genesis);
        Assert.Throws<ArgumentException>(() => _tree.SetHead(a.Id));
        Assert.Throws<ArgumentException>(() => _tree.SetHead(default));
        Assert.Same(_tree.Genesis, _tree.Head);
    }

    [Fact]
    public void Finalize_BlockOnTheChain_ForgetsTheOtherBranches()
    {
        BlockTreeNode[] chain = AddChain(_tree.Genesis, 4);
        BlockTreeNode[] early = AddChain(_tree.Genesis, 3, salt: 1);
        BlockTreeNode[] late = AddChain(chain[2], 2, salt: 2);
        Follow(chain[^1]);

        IReadOnlyList<BlockTreeNode> forgotten = _tree.Finalize(chain[2].Id);

        Assert.Equal(early, forgotten);
        Assert.Same(chain[2], _tree.Finalized);
        Assert.Same(chain[2], _tree.Safe);
        Assert.False(_tree.TryGet(early[0].Id, out _));
        Assert.True(_tree.TryGet(late[1].Id, out _));
        Assert.Equal(
            AddHeaderStatus.BelowFinalized,
            _tree.TryAdd(HeaderMaker.On(chain[1], 9, WeightRules.Seal(99)), _rules, Now).Status);
        Assert.Equal(AddHeaderStatus.UnknownParent, _tree.TryAdd(early[1].Header, _rules, Now).Status);
        Assert.Empty(_tree.Finalize(chain[1].Id));
        Assert.Same(chain[2], _tree.Finalized);
        Assert.Throws<ArgumentException>(() => _tree.Finalize(late[1].Id));
    }

    [Fact]
    public void SetHead_AwayFromTheFinalizedBlock_Throws()
    {
        BlockTreeNode[] chain = AddChain(_tree.Genesis, 3);
        Follow(chain[2]);
        _tree.Finalize(chain[1].Id);
        Assert.Throws<ArgumentException>(() => _tree.SetHead(chain[0].Id));
        Assert.Throws<ArgumentException>(() => _tree.SetSafe(chain[0].Id));
        Assert.NotNull(_tree.SetHead(chain[1].Id));
    }

    [Fact]
    public void Heaviest_EquallyHeavyBranches_IsTheFirstSeen()
    {
        BlockTreeNode first = Add(_tree.Genesis, 5, salt: 1);
        BlockTreeNode second = Add(_tree.Genesis, 5, salt: 2);
        Assert.Same(first, _tree.Heaviest);
        _tree.MarkInvalid(first.Id);
        Assert.Same(second, _tree.Heaviest);
        _tree.MarkInvalid(second.Id);
        Assert.Same(_tree.Genesis, _tree.Heaviest);
    }

    [Fact]
    public void TryAdd_AgainstACheckpoint_IsRefused()
    {
        BlockHeader right = HeaderMaker.On(_tree.Genesis, 1, WeightRules.Seal(1));
        BlockHeader wrong = HeaderMaker.On(_tree.Genesis, 2, WeightRules.Seal(1));
        var tree = new BlockTree(
            HeaderMaker.Genesis(), new BlockTreeLimits { Checkpoints = [new Checkpoint(new BlockHeight(1), right.Id)] });

        Assert.Equal(AddHeaderStatus.AgainstCheckpoint, tree.TryAdd(wrong, _rules, Now).Status);
        Assert.Equal(AddHeaderStatus.Added, tree.TryAdd(right, _rules, Now).Status);
    }

    [Fact]
    public void AddTrusted_StoredChain_IsAsItWas()
    {
        BlockTreeNode[] chain = AddChain(_tree.Genesis, 40, weight: 3);
        BlockTreeNode spoiled = Add(chain[10], 1000, salt: 5);
        Follow(chain[^1]);
        _tree.MarkInvalid(spoiled.Id);

        var recovered = new BlockTree(_tree.Genesis.Header);
        int before = _rules.Verified;
        foreach (BlockTreeNode node in chain)
        {
            recovered.AddTrusted(node.Header, _rules, node.Status);
        }

        recovered.AddTrusted(spoiled.Header, _rules, BlockStatus.Invalid);
        recovered.SetHead(chain[^1].Id);

        Assert.Equal(before, _rules.Verified);
        Assert.Equal(_tree.Head.Weight, recovered.Head.Weight);
        Assert.Equal(_tree.Head.History, recovered.Head.History);
        Assert.Equal(chain[^1].Id, recovered.Heaviest.Id);
        Assert.Same(recovered.Head, recovered.AddTrusted(chain[^1].Header, _rules, BlockStatus.Valid));
    }

    [Fact]
    public void AddTrusted_ValidOnUnjudgedOrMissingParent_Throws()
    {
        BlockTreeNode a = Add(_tree.Genesis);
        BlockHeader child = HeaderMaker.On(a, 0, WeightRules.Seal(1));
        Assert.Throws<ArgumentException>(() => _tree.AddTrusted(child, _rules, BlockStatus.Valid));
        Assert.Throws<ArgumentException>(
            () => new BlockTree(HeaderMaker.Genesis()).AddTrusted(child, _rules, BlockStatus.HeaderOnly));
    }

    private BlockTreeNode Add(BlockTreeNode parent, ulong weight = 1, ulong salt = 0)
    {
        AddHeaderResult result = _tree.TryAdd(HeaderMaker.On(parent, salt, WeightRules.Seal(weight)), _rules, Now);
        Assert.Equal(AddHeaderStatus.Added, result.Status);
        return result.Node!;
    }

    private BlockTreeNode[] AddChain(BlockTreeNode parent, int count, ulong weight = 1, ulong salt = 0)
    {
        var nodes = new BlockTreeNode[count];
        for (int i = 0; i < count; i++)
        {
            nodes[i] = Add(i == 0 ? parent : nodes[i - 1], weight, salt);
        }

        return nodes;
    }

    private void Follow(BlockTreeNode node)
    {
        _tree.MarkValid(node.Id);
        _tree.SetHead(node.Id);
    }

    private sealed class FixedWeight(UInt256 weight) : IHeaderRules
    {
        public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now) => HeaderVerdict.Valid;

        public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) => false;

        public UInt256 Weight(BlockHeader header) => weight;
    }
}
