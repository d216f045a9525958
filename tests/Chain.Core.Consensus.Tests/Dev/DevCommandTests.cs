using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.Tests;

/// <summary>What the operator of a dev chain says, and what the engine makes of it.</summary>
public sealed class DevCommandTests
{
    private readonly EngineScript _script = new(new DevConsensus(new DevOptions { SealsOnTransactions = false }));

    public static TheoryData<string> Commands =>
    [
        new DevCommand.Seal().ToText(),
        new DevCommand.SealInstantly().ToText(),
        new DevCommand.SealManually().ToText(),
        new DevCommand.SealEvery(TimeSpan.FromMilliseconds(10)).ToText(),
        new DevCommand.AdvanceTime(TimeSpan.FromDays(365)).ToText(),
        new DevCommand.SetNextTime(DevCommand.LastTime).ToText(),
        new DevCommand.RevertTo(new BlockId(Sha256.Hash("block"u8))).ToText(),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void TryParse_WhatToTextWrote_IsTheSame(string text)
    {
        Assert.True(DevCommand.TryParse(text, out DevCommand? command));
        Assert.Equal(text, command.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("sealing")]
    [InlineData("sealing every 9")]
    [InlineData("sealing every 86400001")]
    [InlineData("sealing every 99999999999999999999999")]
    [InlineData("advance 0")]
    [InlineData("advance -1")]
    [InlineData("advance 1e3")]
    [InlineData("next-time 253402300800000")]
    [InlineData("revert abc")]
    [InlineData("seal 1")]
    public void TryParse_Anything_NeverThrows(string text) => Assert.False(DevCommand.TryParse(text, out _));

    [Fact]
    public void SetNextTime_ThenAdvanced_TheBlockHasItAndTheClockRunsOn()
    {
        _script.WallClock = new UnixTime(HeaderMaker.Start.Milliseconds + 1000);
        var time = new UnixTime(HeaderMaker.Start.Milliseconds + 50_000);
        _script.Start();
        Say(new DevCommand.SetNextTime(time));
        Say(new DevCommand.AdvanceTime(TimeSpan.FromSeconds(5)));

        Say(new DevCommand.Seal());
        var request = _script.Single<ConsensusOutput.RequestProposal>();
        Assert.Equal(time.Milliseconds + 5000, request.Time.Milliseconds);
        _script.Build(request);
        _script.WallClock = new UnixTime(_script.WallClock.Milliseconds + 7);
        Say(new DevCommand.Seal());

        Assert.Equal(time.Milliseconds + 5007, _script.Single<ConsensusOutput.RequestProposal>().Time.Milliseconds);
    }

    [Fact]
    public void AdvanceTime_BeyondTheLastTime_IsIgnored()
    {
        _script.Start();
        ulong now = _script.WallClock.Milliseconds;
        Say(new DevCommand.AdvanceTime(TimeSpan.FromMilliseconds(DevCommand.LastTime.Milliseconds)));

        Say(new DevCommand.Seal());

        Assert.Equal(now, _script.Single<ConsensusOutput.RequestProposal>().Time.Milliseconds);
    }

    [Fact]
    public void RevertTo_AnAncestor_IsAskedOfTheHostAndALighterChainCountsAgain()
    {
        _script.Start();
        BlockTreeNode first = Grow();
        BlockTreeNode second = Grow();
        Say(new DevCommand.RevertTo(first.Id));
        Assert.Equal(first.Id, _script.Single<ConsensusOutput.Rewind>().Block);

        _script.Tree.Rewind(first.Id, out IReadOnlyList<BlockTreeNode> forgotten);
        Assert.Equal([second], forgotten);
        Assert.Same(first, _script.Tree.Heaviest);
        _script.JudgeValid(_script.Arrive(HeaderMaker.On(first)));

        Assert.Single(_script.All<ConsensusOutput.ProposeHead>());
    }

    [Fact]
    public void RevertTo_ABlockBesideTheChain_IsIgnored()
    {
        _script.Start();
        BlockTreeNode beside = _script.Arrive(HeaderMaker.On(_script.Tree.Genesis, salt: 1));
        Grow();

        Say(new DevCommand.RevertTo(beside.Id));

        _script.Quiet();
        Assert.Throws<ArgumentException>(() => _script.Tree.Rewind(beside.Id, out _));
    }

    private void Say(DevCommand command) => _script.Feed(new ConsensusInput.Commanded(command.ToText()));

    private BlockTreeNode Grow()
    {
        BlockTreeNode node = _script.Arrive(HeaderMaker.On(_script.Tree.Head));
        _script.JudgeValid(node);
        _script.MoveHead(node);
        return node;
    }
}
