using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Execution;

public sealed class BlockExecutionTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Append_Transfer_MovesCoinsAndCollectsTheFee()
    {
        IReadOnlyList<Receipt> receipts = _chain.Append(_chain.Transfer(TestChain.Alice, TestChain.Bob, 500, nonce: 0, fee: 7));

        Receipt receipt = Assert.Single(receipts);
        Assert.Equal(TransactionStatus.Applied, receipt.Status);
        Assert.Equal(7UL, receipt.Fee);
        Assert.True(_chain.Token.Transferred.TryRead(Assert.Single(receipt.Events), out (AccountAddress From, AccountAddress To, ulong Amount) moved));
        Assert.Equal((TestChain.Alice.Address, TestChain.Bob.Address, 500UL), moved);
        Assert.Equal(TestChain.Begin - 507, _chain.BalanceOf(TestChain.Alice));
        Assert.Equal(TestChain.Begin + 500, _chain.BalanceOf(TestChain.Bob));
        Assert.Equal(7UL, _chain.Token.BalanceOf(_chain.State, TokenModule.FeeAccount));
        Assert.Equal(1UL, _chain.Definition.Accounts.NextNonce(_chain.State, TestChain.Alice.Address));
    }

    [Fact]
    public void Append_TransferOfMoreThanThereIs_FailsButPaysTheFeeAndUsesTheNonce()
    {
        Receipt receipt = _chain.Append(_chain.Transfer(TestChain.Alice, TestChain.Bob, TestChain.Begin, nonce: 0))[0];

        Assert.Equal(TransactionStatus.Failed, receipt.Status);
        Assert.Equal("the balance is too low", receipt.Reason);
        Assert.Empty(receipt.Events);
        Assert.Equal(TestChain.Begin - 10, _chain.BalanceOf(TestChain.Alice));
        Assert.Equal(TestChain.Begin, _chain.BalanceOf(TestChain.Bob));
        Assert.Equal(1UL, _chain.Definition.Accounts.NextNonce(_chain.State, TestChain.Alice.Address));
    }

    [Fact]
    public void Append_TransferToOneself_ChangesOnlyTheFee()
    {
        _chain.Append(_chain.Transfer(TestChain.Alice, TestChain.Alice, 100, nonce: 0));

        Assert.Equal(TestChain.Begin - 10, _chain.BalanceOf(TestChain.Alice));
    }

    [Fact]
    public void Append_WholeBalance_RemovesTheAccountFromTheMap()
    {
        _chain.Append(_chain.Transfer(TestChain.Alice, TestChain.Bob, TestChain.Begin - 10, nonce: 0));

        Assert.False(_chain.Token.Balances.Contains(_chain.State, TestChain.Alice.Address));
    }

    [Theory]
    [InlineData("overflow", TransactionStatus.Failed, "trouble.do broke down: OverflowException")]
    [InlineData("null", TransactionStatus.Failed, "trouble.do broke down: InvalidOperationException")]
    [InlineData("pay and fail", TransactionStatus.Failed, "changed my mind")]
    [InlineData("spin", TransactionStatus.CostExceeded, "")]
    [InlineData("spin and catch", TransactionStatus.CostExceeded, "")]
    public void Append_CallThatGoesWrong_IsUndoneAndStillPaid(string what, TransactionStatus status, string reason)
    {
        Receipt receipt = _chain.Append(_chain.Sign(TestChain.Alice, _chain.Trouble.Do(what), nonce: 0))[0];

        Assert.Equal((status, reason), (receipt.Status, receipt.Reason));
        Assert.Empty(receipt.Events);
        Assert.False(_chain.Trouble.IsMarked(_chain.State, 0));
        Assert.Equal(TestChain.Begin - 10, _chain.BalanceOf(TestChain.Alice));
        Assert.Equal(10UL, _chain.Token.BalanceOf(_chain.State, TokenModule.FeeAccount));
        Assert.True(receipt.Cost <= _chain.Definition.Limits.TransactionCost);
        Assert.Equal(1UL, _chain.Definition.Accounts.NextNonce(_chain.State, TestChain.Alice.Address));
    }

    [Fact]
    public void Append_LongReason_IsCutAtWholeCharacters()
    {
        Receipt receipt = _chain.Append(_chain.Sign(TestChain.Alice, _chain.Trouble.Do("fail"), nonce: 0))[0];

        Assert.Equal(new string('é', Receipt.MaxReasonBytes / 2), receipt.Reason);
    }

    [Theory]
    [InlineData(Receipt.MaxEvents - 1, TransactionStatus.Applied)]
    [InlineData(Receipt.MaxEvents, TransactionStatus.Failed)]
    public void Append_ManyEvents_FailsAboveTheLimit(ulong count, TransactionStatus status)
    {
        // The call itself reports one more.
        Receipt receipt = _chain.Append(_chain.Sign(TestChain.Alice, _chain.Trouble.Do("many events", count), nonce: 0))[0];

        Assert.Equal(status, receipt.Status);
        Assert.Equal(status == TransactionStatus.Applied ? Receipt.MaxEvents : 0, receipt.Events.Count);
    }

    [Fact]
    public void Append_CallThatNoModuleTakes_IsPaidAndSaysWhy()
    {
        IReadOnlyList<Receipt> receipts = _chain.Append(
            _chain.Sign(TestChain.Alice, new Call("nothing", "do", default), nonce: 0),
            _chain.Sign(TestChain.Alice, new Call("token", "nothing", default), nonce: 1),
            _chain.Sign(TestChain.Alice, new Call("token", "transfer", "hostile"u8.ToArray()), nonce: 2),
            _chain.Sign(TestChain.Alice, new Call("accounts", "nonces", default), nonce: 3));

        Assert.Equal(
            [TransactionStatus.UnknownCall, TransactionStatus.UnknownCall, TransactionStatus.BadArguments, TransactionStatus.UnknownCall],
            receipts.Select(static receipt => receipt.Status));
        Assert.Equal(TestChain.Begin - 40, _chain.BalanceOf(TestChain.Alice));
    }

    [Fact]
    public void Append_ArgumentsMutatedInEveryByte_NeverThrows()
    {
        byte[] arguments = _chain.Token.Transfer(TestChain.Bob.Address, 1234).Arguments.ToArray();
        var nonce = 0UL;
        var transactions = new List<Transaction>();
        for (int i = 0; i <= arguments.Length; i++)
        {
            byte[] changed = [.. arguments];
            if (i < changed.Length)
            {
                changed[i] ^= 0x55;
            }

            transactions.Add(_chain.Sign(TestChain.Alice, new Call("token", "transfer", changed), nonce++));
            transactions.Add(_chain.Sign(TestChain.Alice, new Call("token", "transfer", arguments.AsMemory(0, i)), nonce++));
        }

        IReadOnlyList<Receipt> receipts = _chain.Append([.. transactions]);

        Assert.Contains(receipts, static receipt => receipt.Status == TransactionStatus.BadArguments);
        Assert.Contains(receipts, static receipt => receipt.Status == TransactionStatus.Applied);
        Assert.Equal(3 * TestChain.Begin, SumOf(_chain));
    }

    [Fact]
    public void Append_GuestbookEntries_AreThereInOrder()
    {
        IReadOnlyList<Receipt> receipts = _chain.Append(
            _chain.Sign(TestChain.Alice, _chain.Guestbook.Sign("hello"), nonce: 0),
            _chain.Sign(TestChain.Bob, _chain.Guestbook.Sign(""), nonce: 0),
            _chain.Sign(TestChain.Bob, _chain.Guestbook.Sign("grüezi"), nonce: 1));

        Assert.Equal(["", "write something", ""], receipts.Select(static receipt => receipt.Reason));
        Assert.Equal(
            [(TestChain.Alice.Address, "hello"), (TestChain.Bob.Address, "grüezi")], _chain.Guestbook.Read(_chain.State));
        Assert.True(_chain.Guestbook.Written.TryRead(receipts[2].Events[0], out ulong number));
        Assert.Equal(1UL, number);
        Assert.False(_chain.Trouble.Happened.TryRead(receipts[2].Events[0], out _));
    }

    [Fact]
    public void Append_RandomTransfers_KeepTheSupply()
    {
        var random = new Machines.DeterministicRandom(11);
        var chain = new TestChain(people: 20);
        var nonces = new ulong[21];
        for (int block = 0; block < 10; block++)
        {
            var transactions = new List<Transaction>();
            for (int i = 0; i < 50; i++)
            {
                int from = 1 + random.NextIndex(20);
                var to = new Account(1 + random.NextIndex(25));
                transactions.Add(chain.Transfer(new Account(from), to, random.NextBelow(TestChain.Begin / 4), nonces[from]++, fee: random.NextBelow(100)));
            }

            chain.Append([.. transactions]);
            Assert.Equal(20 * TestChain.Begin, SumOf(chain));
            Assert.Equal(20 * TestChain.Begin, chain.Token.SupplyOf(chain.State));
        }
    }

    [Fact]
    public void Apply_StoreThatFailsInTheMiddle_IsNoFaultOfTheTransaction()
    {
        var chain = new TestChain(people: 300);
        var alice = new Account(1);
        Transaction[] transfers = [.. Enumerable.Range(2, 250).Select(to => chain.Transfer(alice, new Account(to), 1, (ulong)to - 2))];
        Block block = chain.Assemble(chain.Head, transfers);
        HashSet<string> needed = [.. chain.State.Modules.Select(name => Convert.ToHexString(LedgerKeys.StatePage(chain.State.TreeOf(name)!.Stored.Version, chain.State.TreeOf(name)!.Root)))];
        foreach (byte[] key in chain.Store.Keys.ToArray())
        {
            if (key.AsSpan().StartsWith(LedgerKeys.StatePagePrefix) && !needed.Contains(Convert.ToHexString(key)))
            {
                chain.Store.Remove(key);
            }
        }

        Assert.Throws<StateUnavailableException>(() => chain.Execute(chain.Head, block));
    }

    internal static ulong SumOf(TestChain chain)
    {
        ulong sum = 0;
        byte[] prefix = new WireWriter().String("balances").ToArray();
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in chain.State.TreeOf("token")!.Entries())
        {
            if (key.Span.StartsWith(prefix))
            {
                Assert.True(Codecs.U64.TryDecode(value, out ulong balance));
                sum += balance;
            }
        }

        return sum;
    }
}
