using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>A million transactions of all fees into a pool of default size, which is full after a tenth of them.</summary>
internal static class AdmissionLatency
{
    /// <summary>What may pass, in microseconds, from the bytes of a message to the decision on its transactions (99 of 100).</summary>
    private const double AllowedMicroseconds = 5000;

    private const int Transactions = 1_000_000;
    private const int InAMessage = 64;
    private const int Senders = 16_384;
    private const int MaxFee = 1000;

    /// <summary>The 99th percentile of one core's time, signatures and reads of the state included.</summary>
    public static Contest Measure()
    {
        var chain = new TransferChain(Senders, Senders);
        var store = new MemoryTable();
        store.Apply(chain.BeginWrites);
        var options = new MempoolOptions();
        var pool = new Mempool(chain.Definition, TransferChain.Genesis, options, new ResidentStates());
        Handle(pool, new MempoolInput.HeadChanged(BlockHeight.Genesis, chain.BeginState.Root, [], []), store);
        var random = new DeterministicRandom(7);
        var seconds = new double[Transactions / InAMessage];
        for (int i = 0; i < seconds.Length; i++)
        {
            byte[][] message = Array.ConvertAll(
                chain.NextTransfers(InAMessage, random, () => 1 + random.NextBelow(MaxFee)), static each => each.Encoded.ToArray());
            double start = RatioClock.OneCore.Seconds();
            Handle(pool, new MempoolInput.Submitted(Array.ConvertAll(message, Decode), null), store);
            seconds[i] = RatioClock.OneCore.Seconds() - start;
        }

        Array.Sort(seconds);
        bool isFull = pool.Count > options.MaxTransactions * 9 / 10 && pool.Count <= options.MaxTransactions;
        return Contest.OfSizes(
            seconds[seconds.Length * 99 / 100] * 1e6, AllowedMicroseconds, () => isFull ? null : $"{pool.Count} transactions wait at the end");
    }

    private static void Handle(Mempool pool, MempoolInput input, MemoryTable store)
    {
        var effects = new EffectList();
        var context = new StepContext(default, default, new DeterministicRandom(6));
        pool.Handle(in input, in context, effects);
        for (int next = 0; next < effects.Effects.Count; next++)
        {
            if (effects.Effects[next] is { Kind: EffectKind.Offload, Job: AdmitTransactionsJob } offloaded)
            {
                MempoolInput finished = new MempoolInput.JobFinished(offloaded.JobId, offloaded.Job.Run(store));
                pool.Handle(in finished, in context, effects);
            }
        }
    }

    private static Transaction Decode(byte[] encoded) => WireValue.TryDecode(encoded, out Transaction? transaction, out _)
        ? transaction
        : throw new InvalidOperationException("A transaction was not decoded.");
}
