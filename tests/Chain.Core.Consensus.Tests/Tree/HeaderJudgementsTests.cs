using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

public sealed class HeaderJudgementsTests
{
    private static readonly UnixTime Now = HeaderMaker.Start.Plus(TimeSpan.FromDays(365));

    private readonly HeaderJudgements _judgements = new();
    private readonly WeightRules _rules = new() { IsPure = true };

    [Fact]
    public void TryAdd_HeaderThatAnotherTreeJudged_IsNotVerifiedAgainAndStandsAlike()
    {
        BlockTree alone = NewTree(null);
        BlockTree first = NewTree(_judgements);
        BlockTree second = NewTree(_judgements);
        BlockTreeNode parent = alone.Genesis;
        for (ulong i = 1; i <= 100; i++)
        {
            BlockHeader header = HeaderMaker.On(parent, i % 3, WeightRules.Seal(i));
            parent = alone.TryAdd(header, _rules, Now).Node!;
            first.TryAdd(header, _rules, Now);
            int verified = _rules.Verified;
            AddHeaderResult result = second.TryAdd(header, _rules, Now);

            Assert.Equal(verified, _rules.Verified);
            Assert.Equal(AddHeaderStatus.Added, result.Status);
            Assert.Equal(parent.Weight, result.Node!.Weight);
            Assert.Equal(parent.History, result.Node.History);
            Assert.Equal(parent.HistoryRootForChild, result.Node.HistoryRootForChild);
            Assert.Equal(BlockStatus.HeaderOnly, result.Node.Status);
        }
    }

    [Fact]
    public void TryAdd_OtherRulesOrAnEarlierTimeOrRulesWithAMemory_AreVerified()
    {
        BlockHeader header = HeaderMaker.On(NewTree(null).Genesis, 0, WeightRules.Seal(1));
        NewTree(_judgements).TryAdd(header, _rules, Now);

        var others = new WeightRules { IsPure = true };
        NewTree(_judgements).TryAdd(header, others, Now);
        Assert.Equal(1, others.Verified);

        NewTree(_judgements).TryAdd(header, others, new UnixTime(Now.Milliseconds - 1));
        Assert.Equal(2, others.Verified);

        var withMemory = new WeightRules();
        NewTree(_judgements).TryAdd(header, withMemory, Now);
        NewTree(_judgements).TryAdd(header, withMemory, Now);
        Assert.Equal(2, withMemory.Verified);
    }

    [Fact]
    public void TryAdd_JudgedElsewhere_StillAsksWhatTheTreeItselfKnows()
    {
        BlockTree first = NewTree(_judgements);
        BlockTreeNode parent = first.TryAdd(HeaderMaker.On(first.Genesis, 1, WeightRules.Seal(1)), _rules, Now).Node!;
        BlockHeader child = HeaderMaker.On(parent, 2, WeightRules.Seal(1));
        first.TryAdd(child, _rules, Now);

        BlockTree lacking = NewTree(_judgements);
        Assert.Equal(AddHeaderStatus.UnknownParent, lacking.TryAdd(child, _rules, Now).Status);

        BlockTree spoiled = NewTree(_judgements);
        spoiled.TryAdd(parent.Header, _rules, Now);
        spoiled.MarkInvalid(parent.Id);
        Assert.Equal(HeaderVerdict.InvalidAncestor, spoiled.TryAdd(child, _rules, Now).Verdict);

        var checkpoint = new BlockTreeLimits { Checkpoints = [new Checkpoint(child.Height, parent.Id)] };
        var elsewhere = new BlockTree(HeaderMaker.Genesis(), checkpoint, _judgements);
        elsewhere.TryAdd(parent.Header, _rules, Now);
        Assert.Equal(AddHeaderStatus.AgainstCheckpoint, elsewhere.TryAdd(child, _rules, Now).Status);

        var full = new BlockTree(HeaderMaker.Genesis(), new BlockTreeLimits { HeadersPerSource = 1 }, _judgements);
        var source = new ConnectionId(1);
        BlockTree writer = NewTree(_judgements);
        BlockHeader sibling = HeaderMaker.On(writer.Genesis, 3, WeightRules.Seal(1));
        writer.TryAdd(sibling, _rules, Now);
        full.TryAdd(parent.Header, _rules, Now, source);
        Assert.Equal(AddHeaderStatus.OverBudget, full.TryAdd(sibling, _rules, Now, source).Status);
    }

    [Fact]
    public void TryAdd_RefusedHeader_IsRefusedByEachTree()
    {
        BlockHeader malformed = HeaderMaker.On(NewTree(null).Genesis, 0, [1]);
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal(HeaderVerdict.MalformedSeal, NewTree(_judgements).TryAdd(malformed, _rules, Now).Verdict);
            Assert.Equal(i, _rules.Verified);
        }
    }

    private static BlockTree NewTree(HeaderJudgements? judgements) => new(HeaderMaker.Genesis(), null, judgements);
}
