using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Jobs;

public sealed class AdmitTransactionsJobTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Run_AfterABlock_SaysWhereEachSenderStands()
    {
        Transaction mined = _chain.Transfer(TestChain.Alice, TestChain.Bob, 100, nonce: 0);
        _chain.Append(mined);
        Transaction next = _chain.Transfer(TestChain.Alice, TestChain.Bob, 100, nonce: 1);
        Transaction ahead = _chain.Transfer(TestChain.Bob, TestChain.Alice, 100, nonce: 9);
        var job = new AdmitTransactionsJob(_chain.Definition, _chain.Id, _chain.State.Root, _chain.Head.Height, [mined, next, ahead]);

        var admitted = (TransactionsAdmitted)job.Run(_chain.Store);

        Assert.Equal(_chain.State.Root, admitted.StateRoot);
        Assert.Equal(
            [
                new AdmissionVerdict(mined, TransactionRefusal.NonceUsed, new AccountStanding(TestChain.Alice.Address, 1, TestChain.Begin - 110)),
                new AdmissionVerdict(next, TransactionRefusal.None, new AccountStanding(TestChain.Alice.Address, 1, TestChain.Begin - 110)),
                new AdmissionVerdict(ahead, TransactionRefusal.None, new AccountStanding(TestChain.Bob.Address, 0, TestChain.Begin + 100)),
            ],
            admitted.Verdicts);
        Assert.Equal(1 + 2, _chain.Scheme.Verified); // the used nonce was refused before its signature was looked at
    }

    [Fact]
    public void Run_ValidUntilTheHead_IsTooLateForTheNextBlock()
    {
        _chain.Append();
        Transaction late = _chain.Sign(TestChain.Alice, _chain.Guestbook.Sign("x"), nonce: 0, validUntil: 1);
        Transaction inTime = _chain.Sign(TestChain.Alice, _chain.Guestbook.Sign("x"), nonce: 0, validUntil: 2);
        var job = new AdmitTransactionsJob(_chain.Definition, _chain.Id, _chain.State.Root, _chain.Head.Height, [late, inTime]);

        Assert.Equal(
            [TransactionRefusal.Expired, TransactionRefusal.None],
            ((TransactionsAdmitted)job.Run(_chain.Store)).Verdicts.Select(static v => v.Refusal));
    }

    [Fact]
    public void Run_OnWhatAJobBeforeReadOfTheState_NeedsNoStore()
    {
        Transaction transfer = _chain.Transfer(TestChain.Alice, TestChain.Bob, 100, nonce: 0);
        AdmitTransactionsJob Job(ResidentState? resident) => new(_chain.Definition, _chain.Id, _chain.State.Root, _chain.Head.Height, [transfer])
        {
            Resident = resident,
            MaxResidentNodes = 1000,
        };
        var first = (TransactionsAdmitted)Job(null).Run(_chain.Store);

        var second = (TransactionsAdmitted)Job(first.Resident).Run(new MemoryReader());

        Assert.Equal(first.Verdicts, second.Verdicts);
        Assert.Throws<StateUnavailableException>(() => Job(null).Run(new MemoryReader()));
    }

    [Fact]
    public void Run_NothingMayStayInMemory_HandsOnNothing()
    {
        var job = new AdmitTransactionsJob(_chain.Definition, _chain.Id, _chain.State.Root, _chain.Head.Height, []);

        Assert.Null(((TransactionsAdmitted)job.Run(_chain.Store)).Resident);
    }
}
