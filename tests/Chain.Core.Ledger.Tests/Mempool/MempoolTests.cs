using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;
using Pool = Chain.Core.Ledger.Mempool;

namespace Chain.Core.Ledger.Tests.Mempool;

public sealed class MempoolTests
{
    private static readonly Account Alice = TestChain.Alice;
    private static readonly Account Bob = TestChain.Bob;
    private static readonly Account Carol = TestChain.Carol;

    private readonly MempoolBench _bench = new();

    private TestChain Chain => _bench.Chain;

    [Fact]
    public void Submitted_GoodTransaction_IsAdmittedAfterItsJob()
    {
        Transaction transfer = Chain.Transfer(Alice, Bob, 1, nonce: 0);

        _bench.Submit(transfer);
        Assert.Equal(0, _bench.Pool.Count);
        Assert.True(_bench.Pool.Knows(transfer.Id));
        _bench.RunJobs();

        MempoolEvent.TransactionAdmitted admitted = Assert.IsType<MempoolEvent.TransactionAdmitted>(Assert.Single(_bench.Effects.Events));
        Assert.Equal((transfer.Id, MempoolBench.Peer), (admitted.Transaction.Id, admitted.Origin));
        Assert.True(_bench.Pool.TryGet(transfer.Id, out _));
        Assert.Equal([transfer.Id], _bench.Selected);
    }

    [Fact]
    public void Submitted_WhileAJobRuns_WaitsForTheNextOne()
    {
        _bench.Submit(Chain.Transfer(Alice, Bob, 1, nonce: 0));
        _bench.Submit(Chain.Transfer(Alice, Bob, 1, nonce: 1));
        _bench.Submit(Chain.Transfer(Alice, Bob, 1, nonce: 2));

        Assert.Single(_bench.Effects.Jobs);
        _bench.RunJob();
        Assert.Equal(1, _bench.Pool.Count);
        Assert.Single(_bench.Effects.Jobs);
        _bench.RunJob();
        Assert.Equal(3, _bench.Pool.Count);
        Assert.Empty(_bench.Effects.Jobs);
    }

    [Fact]
    public void Submitted_HeadStandsStill_NextBatchHasWhatTheLastOneRead()
    {
        var states = new ResidentStates();
        var bench = new MempoolBench(states: states);
        Assert.Null(states.Find(bench.Chain.State.Root));

        bench.Take(bench.Chain.Transfer(Alice, Bob, 1, nonce: 0));
        bench.Submit(bench.Chain.Transfer(Alice, Bob, 1, nonce: 1));

        var job = Assert.IsType<AdmitTransactionsJob>(Assert.Single(bench.Effects.Jobs).Job);
        Assert.NotNull(job.Resident);
        Assert.Same(states.Find(bench.Chain.State.Root), job.Resident);
    }

    [Fact]
    public void Submitted_HeadMovedMeanwhile_KeepsNothingOfTheOldState()
    {
        var states = new ResidentStates();
        var bench = new MempoolBench(states: states);
        bench.Submit(bench.Chain.Transfer(Alice, Bob, 1, nonce: 0));
        Hash256 old = bench.Chain.State.Root;

        bench.Mine(bench.Chain.Transfer(Bob, Alice, 1, nonce: 0));
        bench.RunJob();

        Assert.Null(states.Find(old));
    }

    [Fact]
    public void Submitted_BeforeTheHeadIsKnown_IsDecidedAfterwards()
    {
        var pool = new Pool(Chain.Definition, Chain.Id);
        var effects = new RecordingEffects();
        var context = new StepContext(default, default, new DeterministicRandom(1));
        pool.Handle(new MempoolInput.Submitted([Chain.Transfer(Alice, Bob, 1, nonce: 0)], null), in context, effects);
        Assert.Empty(effects.Jobs);

        pool.Handle(new MempoolInput.HeadChanged(default, Chain.State.Root, [], []), in context, effects);

        Assert.Contains(effects.Jobs, static job => job.Job is AdmitTransactionsJob);
    }

    [Fact]
    public void Submitted_FromAMessage_DoesNotKeepTheMessageAlive()
    {
        byte[] encoded = Chain.Transfer(Alice, Bob, 1, nonce: 0).Encoded.ToArray();
        var message = new byte[60_000];
        encoded.CopyTo(message, 1000);
        Assert.True(WireValue.TryDecode(message.AsMemory(1000, encoded.Length), out Transaction? transfer, out _));

        _bench.Take(transfer);

        Assert.True(_bench.Pool.TryGet(transfer.Id, out Transaction? kept));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(kept.Encoded, out ArraySegment<byte> own));
        Assert.Equal(encoded.Length, own.Array!.Length);
    }

    [Fact]
    public void Submitted_Twice_IsRefusedWithoutAJob()
    {
        Transaction transfer = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        _bench.Submit(transfer, transfer);
        Assert.Equal([TransactionRefusal.Duplicate], _bench.Refusals);
        _bench.RunJobs();

        _bench.Take(transfer);

        Assert.Equal([TransactionRefusal.Duplicate, TransactionRefusal.Duplicate], _bench.Refusals);
        Assert.Equal(1, Chain.Scheme.Verified);
    }

    [Fact]
    public void Submitted_EveryKindOfBadTransaction_IsRefusedWithItsReason()
    {
        var stranger = new Account(99);
        Transaction good = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        byte[] forged = good.Encoded.ToArray();
        forged[^1] ^= 1;
        Assert.True(WireValue.TryDecode(forged, out Transaction? bad, out _));
        var other = new TestChain(name: "other");
        Transaction foreign = other.Transfer(Alice, Bob, 1, nonce: 0);

        _bench.Take(
            bad,
            foreign,
            Chain.Sign(Alice, Chain.Token.Transfer(Bob.Address, 1), nonce: 0, validUntil: 0),
            Chain.Sign(Alice, new Call("nothing", "do", default), nonce: 0),
            Chain.Sign(Alice, new Call("token", "transfer", "x"u8.ToArray()), nonce: 0),
            Chain.Transfer(stranger, Bob, 0, nonce: 0),
            Chain.Transfer(Alice, Bob, 1, nonce: 17));

        Assert.Empty(_bench.Admitted);
        Assert.Equal(
            [
                TransactionRefusal.Expired, TransactionRefusal.BadSignature, TransactionRefusal.BadSignature, TransactionRefusal.BadCall,
                TransactionRefusal.BadCall, TransactionRefusal.FeeUnaffordable, TransactionRefusal.NonceGap,
            ],
            _bench.Refusals);
        Assert.True(_bench.Pool.Knows(bad.Id));
        _bench.Submit(bad);
        Assert.Equal(TransactionRefusal.Duplicate, _bench.Refusals[^1]);
        Assert.Empty(_bench.Effects.Jobs);
    }

    [Fact]
    public void Submitted_FeeBelowWhatTheNodeAsks_IsRefusedWithoutAJob()
    {
        var bench = new MempoolBench(new MempoolOptions { MinFeePerKilobyte = 1000 });

        bench.Take(bench.Chain.Transfer(Alice, Bob, 1, nonce: 0, fee: 50));
        Assert.Equal([TransactionRefusal.FeeTooLow], bench.Refusals);
        Assert.Equal(0, bench.Chain.Scheme.Verified);

        bench.Take(bench.Chain.Transfer(Alice, Bob, 1, nonce: 0, fee: 500));
        Assert.Single(bench.Admitted);
    }

    [Fact]
    public void Submitted_MoreThanMayBeUndecided_IsRefused()
    {
        var bench = new MempoolBench(new MempoolOptions { MaxUndecided = 3, AdmissionBatch = 2 });

        bench.Submit([.. Enumerable.Range(0, 8).Select(i => bench.Chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))]);

        Assert.Equal(5, bench.Refusals.Count(static reason => reason == TransactionRefusal.PoolFull));
        Assert.Equal(3, bench.Pool.UndecidedCount);
        bench.RunJobs();
        Assert.Equal(3, bench.Pool.Count);
    }

    [Fact]
    public void Submitted_SameNonce_ReplacesForTenPercentMore()
    {
        Transaction first = Chain.Transfer(Alice, Bob, 1, nonce: 0, fee: 100);
        Transaction cheap = Chain.Transfer(Alice, Carol, 1, nonce: 0, fee: 109);
        Transaction dear = Chain.Transfer(Alice, Carol, 1, nonce: 0, fee: 110);
        _bench.Take(first);

        _bench.Take(cheap);
        Assert.Equal([TransactionRefusal.ReplacementTooCheap], _bench.Refusals);
        Assert.Equal([first.Id], _bench.Selected);

        _bench.Take(dear);
        Assert.Equal([(first.Id, DropReason.Replaced)], _bench.Drops);
        Assert.Equal([dear.Id], _bench.Selected);
    }

    [Fact]
    public void Submitted_MoreFeesThanTheSenderHas_IsRefused()
    {
        _bench.Take(Chain.Transfer(Alice, Bob, 1, nonce: 0, fee: TestChain.Begin - 5), Chain.Transfer(Alice, Bob, 1, nonce: 1, fee: 6));
        Assert.Equal([TransactionRefusal.FeeUnaffordable], _bench.Refusals);

        _bench.Take(Chain.Transfer(Alice, Bob, 1, nonce: 1, fee: 5));
        Assert.Equal(2, _bench.Pool.Count);
    }

    [Fact]
    public void Submitted_MoreThanOneSenderMay_IsRefused()
    {
        var bench = new MempoolBench(new MempoolOptions { MaxPerSender = 2 });

        bench.Take([.. Enumerable.Range(0, 3).Select(i => bench.Chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))]);

        Assert.Equal(2, bench.Pool.Count);
        Assert.Equal([TransactionRefusal.SenderFull], bench.Refusals);
    }

    [Fact]
    public void SelectCandidates_ManySenders_TakesTheDearestFirstInEachSendersOrder()
    {
        Transaction a0 = Chain.Transfer(Alice, Bob, 1, nonce: 0, fee: 10);
        Transaction a1 = Chain.Transfer(Alice, Bob, 1, nonce: 1, fee: 900);
        Transaction b0 = Chain.Transfer(Bob, Carol, 1, nonce: 0, fee: 500);
        Transaction b1 = Chain.Transfer(Bob, Carol, 1, nonce: 1, fee: 5);
        Transaction c0 = Chain.Transfer(Carol, Bob, 1, nonce: 0, fee: 20);
        _bench.Take(a0, a1, b0, b1, c0);

        Assert.Equal([b0.Id, c0.Id, a0.Id, a1.Id, b1.Id], _bench.Selected);
    }

    [Fact]
    public void SelectCandidates_NonceMissing_StopsBeforeTheGap()
    {
        Transaction a0 = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        Transaction a1 = Chain.Transfer(Alice, Bob, 1, nonce: 1);
        Transaction a2 = Chain.Transfer(Alice, Bob, 1, nonce: 2);
        Transaction b1 = Chain.Transfer(Bob, Carol, 1, nonce: 1);
        _bench.Take(a0, a2, b1);
        Assert.Equal([a0.Id], _bench.Selected);

        _bench.Take(a1);

        Assert.Equal([a0.Id, a1.Id, a2.Id], _bench.Selected);
    }

    [Fact]
    public void SelectCandidates_SmallBudget_IsKeptRoughly()
    {
        _bench.Take([.. Enumerable.Range(0, 40).Select(i => Chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))]);
        int size = Chain.Transfer(Alice, Bob, 1, nonce: 0).Encoded.Length;

        Assert.Equal(9, _bench.Pool.SelectCandidates(new BlockBudget(1 << 20, 8, 1 << 20)).Count);
        Assert.InRange(_bench.Pool.SelectCandidates(new BlockBudget(8 * size, 1000, 1 << 20)).Count, 8, 10);
    }

    [Fact]
    public void HeadChanged_BlockWithATransaction_RemovesItSilently()
    {
        Transaction mined = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        Transaction next = Chain.Transfer(Alice, Bob, 1, nonce: 1);
        _bench.Take(mined, next);

        _bench.Mine(mined);
        _bench.RunJobs();

        Assert.Equal([next.Id], _bench.Selected);
        Assert.Empty(_bench.Drops);
        Assert.True(_bench.Pool.Knows(mined.Id));
        _bench.Submit(mined);
        Assert.Equal([TransactionRefusal.Duplicate], _bench.Refusals);
    }

    [Fact]
    public void HeadChanged_OtherTransactionWithTheNonce_DropsTheWaitingOne()
    {
        Transaction waiting = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        _bench.Take(waiting);

        _bench.Mine(Chain.Transfer(Alice, Carol, 2, nonce: 0));

        Assert.Equal([(waiting.Id, DropReason.Conflicted)], _bench.Drops);
        Assert.Equal(0, _bench.Pool.Count);
    }

    [Fact]
    public void HeadChanged_SenderSpentItsCoins_DropsWhatItCannotPay()
    {
        Transaction dear = Chain.Transfer(Alice, Bob, 1, nonce: 1, fee: 1000);
        _bench.Take(dear);

        _bench.Mine(Chain.Transfer(Alice, Carol, TestChain.Begin - 500, nonce: 0));
        _bench.RunJobs();

        Assert.Equal([(dear.Id, DropReason.Unaffordable)], _bench.Drops);
    }

    [Fact]
    public void HeadChanged_HeightBeyondValidity_DropsTheTransaction()
    {
        Transaction brief = Chain.Sign(Alice, Chain.Token.Transfer(Bob.Address, 1), nonce: 0, validUntil: 2);
        _bench.Take(brief);
        _bench.Mine();
        Assert.Equal([brief.Id], _bench.Selected);

        _bench.Mine();

        Assert.Equal([(brief.Id, DropReason.Expired)], _bench.Drops);
    }

    [Fact]
    public void HeadChanged_Reorganisation_BringsUndoneTransactionsBack()
    {
        Block root = Chain.Head;
        Transaction[] lost = [.. Enumerable.Range(0, 100).Select(i => Chain.Transfer(Alice, Bob, 1, nonce: (ulong)i))];
        Transaction both = Chain.Transfer(Bob, Carol, 3, nonce: 0);
        Block a1 = _bench.Mine([.. lost[..40], both]);
        Block a2 = _bench.Mine(lost[40..80]);
        Block a3 = _bench.Mine(lost[80..]);
        _bench.RunJobs();
        Assert.Equal(0, _bench.Pool.Count);

        Chain.Head = root;
        Chain.Append(both);
        Block b1 = Chain.Head;
        _bench.HeadTo(b1, [b1], [a3, a2, a1]);
        _bench.RunJobs();

        Assert.Equal(lost.Select(static t => t.Id), _bench.Selected);
        Assert.True(_bench.Pool.Knows(both.Id));
        Assert.False(_bench.Pool.TryGet(both.Id, out _));
        Assert.Empty(_bench.Drops);
    }

    [Fact]
    public void HeadChanged_WhileAJobRuns_ItsVerdictsAreBroughtUpToDate()
    {
        Transaction mined = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        Transaction rival = Chain.Transfer(Alice, Carol, 1, nonce: 0, fee: 99);
        Transaction next = Chain.Transfer(Alice, Carol, 1, nonce: 1);
        _bench.Submit(mined, rival, next);
        (JobId id, Job job) = _bench.Effects.Jobs[0];
        _bench.Effects.Jobs.Clear();
        JobResult early = job.Run(Chain.Store);

        _bench.Mine(mined);
        _bench.Handle(new MempoolInput.JobFinished(id, early));
        _bench.RunJobs();

        Assert.Equal([TransactionRefusal.Duplicate, TransactionRefusal.NonceUsed], _bench.Refusals);
        Assert.Equal([next.Id], _bench.Selected);
    }

    [Fact]
    public void CandidatesRefused_ByTheBuilder_AreDropped()
    {
        Transaction waiting = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        _bench.Take(waiting);

        _bench.Handle(new MempoolInput.CandidatesRefused(default, [(waiting.Id, TransactionRefusal.FeeUnaffordable)]));
        Assert.Empty(_bench.Drops);
        _bench.Handle(new MempoolInput.CandidatesRefused(Chain.State.Root, [(waiting.Id, TransactionRefusal.FeeUnaffordable)]));

        Assert.Equal([(waiting.Id, DropReason.Unaffordable)], _bench.Drops);
    }

    [Fact]
    public void TimerFired_TransactionWaitedTooLong_IsDropped()
    {
        Transaction old = Chain.Transfer(Alice, Bob, 1, nonce: 0);
        Transaction young = Chain.Transfer(Bob, Carol, 1, nonce: 0);
        _bench.Take(old);
        _bench.Now = Instant.Zero + TimeSpan.FromHours(1);
        _bench.Take(young);
        _bench.Now = Instant.Zero + TimeSpan.FromHours(3.5);
        (TimerKey key, Instant due) = _bench.Effects.Timers.MinBy(static timer => timer.Key.Kind);
        Assert.Equal(Instant.Zero + TimeSpan.FromMinutes(1), due);

        _bench.Handle(new MempoolInput.TimerFired(key));

        Assert.Equal([(old.Id, DropReason.Expired)], _bench.Drops);
        Assert.Equal([young.Id], _bench.Selected);
        Assert.Equal(_bench.Now + TimeSpan.FromMinutes(1), _bench.Effects.Timers[key]);
    }

    [Fact]
    public void Handle_RandomScript_GivesTheSameEventsTwice()
    {
        Assert.Equal(Play(seed: 5), Play(seed: 5));
        Assert.NotEqual(Play(seed: 5), Play(seed: 6));
    }

    private static string Play(ulong seed)
    {
        var bench = new MempoolBench(new MempoolOptions { MaxTransactions = 40, MaxNonceGap = 4 }, new TestChain(people: 30));
        var random = new DeterministicRandom(seed);
        for (int i = 0; i < 500; i++)
        {
            var from = new Account(1 + random.NextIndex(30));
            bench.Submit(bench.Chain.Transfer(from, Bob, 1, random.NextBelow(5), fee: random.NextBelow(100)));
            if (random.NextIndex(4) == 0 && bench.Effects.Jobs.Count != 0)
            {
                bench.RunJob();
            }

            if (random.NextIndex(40) == 0)
            {
                BlockBuilt built = bench.Chain.Build(bench.Chain.Head, bench.Pool.SelectCandidates(new BlockBudget(4000, 10, 1_000_000)));
                bench.Mine([.. built.Transactions]);
            }
        }

        return Sha256.Hash(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', bench.Effects.Events))).ToString();
    }
}
