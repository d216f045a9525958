using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>Transactions of distinct senders, from bytes to their place in the mempool.</summary>
internal static class MempoolContests
{
    /// <summary>Transactions in a call: one batch of admission.</summary>
    public const int Transactions = 512;

    private const int Accounts = 10_000;

    /// <summary>Decode and admit, against checking the signatures alone.</summary>
    public static Contest Admit()
    {
        var chain = new TransferChain(Accounts, Transactions);
        byte[][] encoded = [.. chain.NextTransfers(Transactions, new DeterministicRandom(5)).Select(static each => each.Encoded.ToArray())];
        SignatureClaim[] claims = [.. Decode(encoded).Select(static each => each.ClaimFor(TransferChain.Genesis))];
        var verdicts = new bool[Transactions];
        var states = new ResidentStates();
        states.Keep(chain.BeginState.ToResident(long.MaxValue));
        return new Contest(
            () => AdmitAll(chain, states, Decode(encoded)),
            () => Ed25519.VerifyMany(claims, verdicts),
            () =>
            {
                AdmitAll(chain, states, Decode(encoded));
                Ed25519.VerifyMany(claims, verdicts);
                return verdicts.All(static verdict => verdict) ? null : "a signature";
            });
    }

    private static Transaction[] Decode(byte[][] encoded) => Array.ConvertAll(
        encoded, static bytes => WireValue.TryDecode(bytes, out Transaction? transaction, out _)
            ? transaction
            : throw new InvalidOperationException("A transaction was not decoded."));

    private static void AdmitAll(TransferChain chain, ResidentStates states, Transaction[] transactions)
    {
        var pool = new Mempool(chain.Definition, TransferChain.Genesis, states: states);
        var effects = new EffectList();
        var context = new StepContext(default, default, new DeterministicRandom(6));
        MempoolInput head = new MempoolInput.HeadChanged(BlockHeight.Genesis, chain.BeginState.Root, [], []);
        pool.Handle(in head, in context, effects);
        MempoolInput submitted = new MempoolInput.Submitted(transactions, null);
        pool.Handle(in submitted, in context, effects);
        using var nothing = new MemoryStore();
        for (int next = 0; next < effects.Effects.Count; next++)
        {
            if (effects.Effects[next] is { Kind: EffectKind.Offload } offloaded)
            {
                MempoolInput finished = new MempoolInput.JobFinished(offloaded.JobId, offloaded.Job.Run(nothing));
                pool.Handle(in finished, in context, effects);
            }
        }

        if (pool.Count != transactions.Length)
        {
            throw new InvalidOperationException($"{pool.Count} of {transactions.Length} transactions were admitted.");
        }
    }
}
