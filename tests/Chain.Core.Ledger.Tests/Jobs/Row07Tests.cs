using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Testing;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Jobs;

/// <summary>Row 7 of the list of faults: transactions that were signed for another chain, near misses of our genesis id among them.</summary>
[Trait("Fault", "7")]
public sealed class Row07Tests
{
    private const int Batch = 1_000;

    private readonly TestChain _chain = new();
    private readonly DeterministicRandom _random = new(7);

    [Fact]
    public void Row07_TransactionsOfOtherChains_NoneIsAdmitted()
    {
        int count = LongRun.Count(ordinary: 10_000, perFactor: 1_000_000);
        for (int done = 0; done < count; done += Batch)
        {
            Transaction[] foreign = [.. Enumerable.Range(done, Batch).Select(_ => SignedFor(Foreign()))];

            Assert.All(AdmittedTo(_chain.Id, foreign), static refusal => Assert.Equal(TransactionRefusal.BadSignature, refusal));
        }
    }

    /// <summary>The only reason is the chain: those that it was signed for take it.</summary>
    [Fact]
    public void Row07_MutantThatChecksAgainstTheSignersChain_AdmitsThem()
    {
        BlockId foreign = Foreign();

        Assert.Equal([TransactionRefusal.None], AdmittedTo(foreign, [SignedFor(foreign)]));
    }

    private IEnumerable<TransactionRefusal> AdmittedTo(BlockId genesis, IReadOnlyList<Transaction> transactions)
    {
        var job = new AdmitTransactionsJob(_chain.Definition, genesis, _chain.State.Root, _chain.Head.Height, transactions);
        return ((TransactionsAdmitted)job.Run(_chain.Store)).Verdicts.Select(static verdict => verdict.Refusal);
    }

    private Transaction SignedFor(BlockId genesis) => Transaction.Sign(
        new TransactionTerms(0, 10, new BlockHeight(1_000), _chain.Token.Transfer(TestChain.Bob.Address, 1 + _random.NextBelow(1_000))),
        genesis,
        TestChain.Alice);

    /// <summary>Our genesis id with one bit changed, or any other.</summary>
    private BlockId Foreign()
    {
        byte[] id = _chain.Id.Value.ToArray();
        id[_random.NextIndex(id.Length)] ^= (byte)(1 << _random.NextIndex(8));
        return new BlockId(_random.NextBelow(2) == 0 ? new Hash256(id) : Sha256.Hash(id));
    }
}
