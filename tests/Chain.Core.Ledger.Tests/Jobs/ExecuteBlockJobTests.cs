using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Jobs;

public sealed class ExecuteBlockJobTests
{
    private static readonly Account Alice = TestChain.Alice;
    private static readonly Account Bob = TestChain.Bob;
    private static readonly Account Carol = TestChain.Carol;

    private readonly TestChain _chain = new();

    [Fact]
    public void Run_WhatBuildBlockMade_IsValidAndStoresStateAndReceipts()
    {
        BlockBuilt built = _chain.Build(_chain.Head, [_chain.Transfer(Alice, Bob, 5, nonce: 0), _chain.Transfer(Bob, Carol, 6, nonce: 0)]);
        Block block = _chain.Assemble(_chain.Head, built.Transactions, built.StateRoot, built.TransactionsRoot);

        BlockExecuted executed = _chain.Commit(_chain.Head, block);

        Assert.Equal((block.Id, "", built.StateRoot, built.Cost), (executed.Block, executed.Reason, executed.StateRoot, executed.Cost));
        Assert.Equal(TestChain.Begin - 15, _chain.Token.BalanceOf(_chain.StateOf(block), Alice.Address));
        Assert.True(BlockReceipts.TryRead(_chain.Store, block.Id, out IReadOnlyList<Receipt>? receipts));
        Assert.Equal(block.Transactions.Select(static t => t.Id), receipts.Select(static r => r.Transaction));
        Assert.Equal(executed.Receipts.Select(static r => Convert.ToHexString(r.Encoded.Span)), receipts.Select(static r => Convert.ToHexString(r.Encoded.Span)));
        Assert.False(BlockReceipts.TryRead(_chain.Store, _chain.Id, out _));
    }

    [Fact]
    public void Run_EmptyBlock_KeepsTheState()
    {
        BlockExecuted executed = _chain.Commit(_chain.Head, _chain.Assemble(_chain.Head, []));

        Assert.Equal(_chain.State.Root, executed.StateRoot);
    }

    [Fact]
    public void Run_WrongStateRoot_NamesHeightAndBothRoots()
    {
        Hash256 wrong = Sha256.Hash([1]);
        Block block = _chain.Assemble(_chain.Head, [_chain.Transfer(Alice, Bob, 5, nonce: 0)], stateRoot: wrong);

        BlockExecuted executed = _chain.Execute(_chain.Head, block);

        Hash256 right = _chain.Build(_chain.Head, block.Transactions).StateRoot;
        Assert.False(executed.IsValid);
        Assert.StartsWith($"block #1: the header's state root is {wrong}, execution gives {right}, by module ", executed.Reason, StringComparison.Ordinal);
        Assert.Matches($"token [0-9a-f]{{64}}[,;].* transactions: 1, the first {block.Transactions[0].Id}; 'replay --compare'", executed.Reason);
        Assert.True(executed.Writes.IsEmpty);
        Assert.Empty(executed.Receipts);
    }

    [Fact]
    public void Run_WrongTransactionsRoot_IsInvalid() =>
        AssertInvalid("transactions root", _chain.Assemble(_chain.Head, [_chain.Transfer(Alice, Bob, 5, nonce: 0)], transactionsRoot: default(Hash256)));

    [Fact]
    public void Run_SignatureForAnotherGenesis_IsInvalid()
    {
        var other = new TestChain(name: "other");
        Assert.NotEqual(other.Id, _chain.Id);

        AssertInvalid("BadSignature", BlockOf(other.Transfer(Alice, Bob, 5, nonce: 0)));
    }

    [Fact]
    public void Run_Ed25519SignatureAmongOthers_IsCheckedUnderItsScheme()
    {
        using var key = new Ed25519PrivateKey(new byte[32]);
        Transaction real = Transaction.Sign(
            new TransactionTerms(0, 0, new BlockHeight(9), _chain.Guestbook.Sign("hello")), _chain.Id, key);
        byte[] forgedBytes = real.Encoded.ToArray();
        forgedBytes[^1] ^= 1;
        Assert.True(WireValue.TryDecode(forgedBytes, out Transaction? forged, out _));
        Transaction other = _chain.Transfer(Alice, Bob, 5, nonce: 0);

        Assert.True(_chain.Execute(_chain.Head, BlockOf(other, real)).IsValid);
        AssertInvalid("transaction 1", BlockOf(other, forged));
    }

    [Fact]
    public void Run_TransactionsThatMayNotBeThere_AreInvalidForTheirReason()
    {
        Transaction good = _chain.Transfer(Alice, Bob, 5, nonce: 0);
        AssertInvalid(nameof(TransactionRefusal.Duplicate), BlockOf(good, good));
        AssertInvalid(nameof(TransactionRefusal.NonceUsed), BlockOf(good, _chain.Transfer(Alice, Bob, 6, nonce: 0)));
        AssertInvalid(nameof(TransactionRefusal.NonceGap), BlockOf(_chain.Transfer(Alice, Bob, 5, nonce: 1)));
        AssertInvalid(nameof(TransactionRefusal.FeeUnaffordable), BlockOf(_chain.Transfer(Alice, Bob, 5, nonce: 0, fee: TestChain.Begin + 1)));
        AssertInvalid(nameof(TransactionRefusal.Expired), BlockOf(_chain.Sign(Alice, _chain.Token.Transfer(Bob.Address, 1), 0, validUntil: 0)));
        using var unknown = new Ed25519PrivateKey(new byte[32]);
        var strict = new LedgerDefinition(_chain.Definition.Modules.Where(m => m is TokenModule), new SignatureSchemes(_chain.Scheme));
        Transaction foreign = Transaction.Sign(new TransactionTerms(0, 0, new BlockHeight(9), _chain.Guestbook.Sign("x")), _chain.Id, unknown);
        var job = new ExecuteBlockJob(strict, _chain.Id, _chain.State.Root, BlockOf(foreign));
        Assert.Contains(nameof(TransactionRefusal.UnknownScheme), ((BlockExecuted)job.Run(_chain.Store)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LimitsOfTheChain_HoldAtTheEdge()
    {
        Transaction[] transfers = [.. Enumerable.Range(0, 4).Select(i => _chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))];
        ulong cost = _chain.Build(_chain.Head, transfers[..1]).Cost;
        int bytes = transfers[0].Encoded.Length;
        AssertEdge(static (limits, n) => limits with { BlockTransactions = n }, 3, "at most 3");
        AssertEdge((limits, n) => limits with { TransactionBytes = n == 3 ? bytes : bytes - 1 }, 3, "TooLarge", count: 3, below: 2);
        AssertEdge((limits, n) => limits with { MinFee = n == 3 ? 10UL : 11UL }, 3, "FeeTooLow", count: 3, below: 2);
        AssertEdge(
            (limits, n) => limits with { BlockCost = cost * 3 + 1000 - (n == 3 ? 0UL : 2000UL), TransactionCost = cost * 2, TransactionBytes = 1000 },
            3,
            "BlockFull",
            count: 3,
            below: 2);
    }

    [Fact]
    public void Run_AnyForkOnAnyParent_EqualsAFreshExecution()
    {
        // Two branches from genesis, executed alternately over one store, then the same over fresh stores.
        Block root = _chain.Head;
        Block[] left = Branch(_chain, root, Alice, Bob, 5);
        Block[] right = Branch(_chain, root, Carol, Alice, 7);
        for (int i = 0; i < 7; i++)
        {
            if (i < left.Length)
            {
                _chain.Commit(i == 0 ? root : left[i - 1], left[i]);
            }

            _chain.Commit(i == 0 ? root : right[i - 1], right[i]);
        }

        var fresh = new TestChain();
        foreach (Block block in right)
        {
            fresh.Commit(fresh.Head, block);
            fresh.Head = block;
        }

        Assert.Equal(fresh.State.Root, _chain.StateOf(right[^1]).Root);
        Assert.Equal(
            fresh.State.TreeOf("token")!.Entries().Select(static e => Convert.ToHexString(e.Key.Span) + Convert.ToHexString(e.Value.Span)),
            _chain.StateOf(right[^1]).TreeOf("token")!.Entries().Select(static e => Convert.ToHexString(e.Key.Span) + Convert.ToHexString(e.Value.Span)));
        Assert.NotEqual(_chain.StateOf(left[^1]).Root, _chain.StateOf(right[^1]).Root);
    }

    [Fact]
    public void Run_Twice_GivesTheSameBatchByteForByte()
    {
        Block block = BlockOf([.. Enumerable.Range(0, 50).Select(i => _chain.Transfer(Alice, new Account(100 + i), 1, nonce: (ulong)i))]);

        string first = Describe(_chain.Execute(_chain.Head, block).Writes);
        string second = Describe(new TestChain().Execute(_chain.Head, block).Writes);

        Assert.Equal(first, second);
        Assert.NotEmpty(first);
    }

    [Fact]
    public void Run_ParentStateMissing_Throws()
    {
        var job = new ExecuteBlockJob(_chain.Definition, _chain.Id, Sha256.Hash([9]), BlockOf());

        Assert.Throws<StateUnavailableException>(() => job.Run(_chain.Store));
    }

    [Fact]
    public void TryRunBriefly_SmallBlock_GivesWhatRunGives()
    {
        Block block = BlockOf([.. Enumerable.Range(0, 8).Select(i => _chain.Transfer(Alice, new Account(100 + i), 1, nonce: (ulong)i))]);

        BlockExecuted brief = Assert.IsType<BlockExecuted>(JobOf(block).TryRunBriefly(_chain.Store));

        BlockExecuted whole = _chain.Execute(_chain.Head, block);
        Assert.True(brief.IsValid, brief.Reason);
        Assert.Equal((whole.StateRoot, whole.Cost, Describe(whole.Writes)), (brief.StateRoot, brief.Cost, Describe(brief.Writes)));
    }

    [Fact]
    public void TryRunBriefly_InvalidBlock_GivesWhatRunGives()
    {
        Block block = BlockOf(_chain.Transfer(Alice, Bob, 5, nonce: 1));

        Assert.Equal(_chain.Execute(_chain.Head, block).Reason, ((BlockExecuted?)JobOf(block).TryRunBriefly(_chain.Store))?.Reason);
    }

    [Fact]
    public void TryRunBriefly_MoreThanAFewTransactionsOrSignatures_IsNotBrief()
    {
        Transaction[] transfers = [.. Enumerable.Range(0, 13).Select(i => _chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))];

        Assert.Null(JobOf(BlockOf(transfers[..9])).TryRunBriefly(_chain.Store));
        Assert.NotNull(JobOf(BlockOf(transfers[..9]), checks: []).TryRunBriefly(_chain.Store));
        Assert.Null(JobOf(BlockOf(transfers), checks: []).TryRunBriefly(_chain.Store));
    }

    [Theory]
    [InlineData("spin")]
    [InlineData("spin and catch")]
    public void TryRunBriefly_CallThatGoesOnAndOn_IsGivenUpAndNotFailed(string what)
    {
        Block block = BlockOf(_chain.Sign(Alice, _chain.Trouble.Do(what), 0));

        Assert.Null(JobOf(block).TryRunBriefly(_chain.Store));
        Assert.Equal(TransactionStatus.CostExceeded, Assert.Single(_chain.Execute(_chain.Head, block).Receipts).Status);
    }

    [Fact]
    public void TryRunBriefly_TransactionsThatCostMuchTogether_AreGivenUp()
    {
        Transaction[] transactions = [.. Enumerable.Range(0, 12).Select(i => _chain.Sign(Alice, _chain.Trouble.Do("many events", 60), (ulong)i))];

        Assert.NotNull(JobOf(BlockOf(transactions[..1]), checks: []).TryRunBriefly(_chain.Store));
        Assert.Null(JobOf(BlockOf(transactions), checks: []).TryRunBriefly(_chain.Store));
    }

    private ExecuteBlockJob JobOf(Block block, int[]? checks = null) =>
        new(_chain.Definition, _chain.Id, _chain.State.Root, block) { SignaturesToCheck = checks };

    private static Block[] Branch(TestChain chain, Block parent, Account from, Account to, int length)
    {
        var scratch = new TestChain();
        var blocks = new Block[length];
        for (int i = 0; i < length; i++)
        {
            blocks[i] = scratch.Assemble(
                parent, [scratch.Transfer(from, to, (ulong)(10 * i), (ulong)i), scratch.Sign(TestChain.Bob, scratch.Guestbook.Sign($"{from.Address} {i}"), (ulong)i)]);
            scratch.Commit(parent, blocks[i]);
            parent = blocks[i];
        }

        Assert.Equal(chain.Id, scratch.Id);
        return blocks;
    }

    private static string Describe(WriteBatch batch) => string.Join(
        '\n', batch.Operations.Select(static o => $"{Convert.ToHexString(o.Key.Span)}={Convert.ToHexString(o.Value.Span)}"));

    private static void AssertEdge(Func<LedgerLimits, int, LedgerLimits> limit, int allowed, string reason, int count = -1, int below = -1)
    {
        (int n, int transactions, bool isValid)[] cases =
            [(allowed, count < 0 ? allowed : count, true), (below < 0 ? allowed : below, count < 0 ? allowed + 1 : count, false)];
        foreach ((int n, int transactions, bool isValid) in cases)
        {
            var chain = new TestChain(limit(LedgerLimits.Default, n));
            Transaction[] transfers = [.. Enumerable.Range(0, transactions).Select(i => chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))];
            var free = new TestChain();
            Hash256 root = isValid ? chain.Build(chain.Head, transfers).StateRoot : default;
            BlockExecuted executed = chain.Execute(chain.Head, chain.Assemble(chain.Head, transfers, stateRoot: root));
            Assert.True(executed.IsValid == isValid, executed.Reason);
            Assert.True(isValid || executed.Reason.Contains(reason, StringComparison.Ordinal), executed.Reason);
            Assert.NotEqual(free.Id, chain.Id);
        }
    }

    private Block BlockOf(params Transaction[] transactions) => _chain.Assemble(_chain.Head, transactions);

    private void AssertInvalid(string reason, Block block)
    {
        BlockExecuted executed = _chain.Execute(_chain.Head, block);
        Assert.False(executed.IsValid);
        Assert.Contains(reason, executed.Reason, StringComparison.Ordinal);
        Assert.Contains("#1", executed.Reason, StringComparison.Ordinal);
        Assert.True(executed.Writes.IsEmpty);
    }
}
