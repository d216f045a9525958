using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>Reads some of the waiting transactions that an earlier life of the node kept, in the order of their admission.</summary>
/// <param name="from">The first number to read.</param>
/// <param name="max">Most records to read; positive.</param>
/// <param name="findsLast">Whether to look for the numbers of the last life too.</param>
internal sealed class LoadPooledJob(ulong from, int max, bool findsLast) : Job
{
    /// <summary>Computes a <see cref="PooledLoaded"/>. A record that is damaged is told and never thrown for.</summary>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var found = new List<KeptTransaction>();
        var damaged = new List<byte[]>();
        ulong? next = null;
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in snapshot.Scan(Prefix(), PoolRecord.KeyOf(from)))
        {
            bool hasNumber = PoolRecord.TryReadKey(key.Span, out ulong number);
            if (hasNumber && found.Count + damaged.Count >= max)
            {
                next = number;
                break;
            }

            if (hasNumber && number != 0 && PoolRecord.TryReadValue(value, out Wire.UnixTime clock, out Wire.Transaction? transaction))
            {
                found.Add(new KeptTransaction(number, clock, transaction));
            }
            else
            {
                damaged.Add(key.ToArray());
            }
        }

        return new PooledLoaded(found, damaged, next, findsLast ? FirstUnused(snapshot) : null);
    }

    private static byte[] Prefix() => LedgerKeys.PooledPrefix.ToArray();

    /// <summary>Steps from life to life, of which few have left something.</summary>
    private static ulong FirstUnused(IKeyValueReader snapshot)
    {
        ulong unused = PoolRecord.FirstOfLifeAfter(0);
        while (FirstFrom(snapshot, unused) is { } number)
        {
            unused = PoolRecord.FirstOfLifeAfter(number);
        }

        return unused;
    }

    private static ulong? FirstFrom(IKeyValueReader snapshot, ulong from)
    {
        foreach ((ReadOnlyMemory<byte> key, _) in snapshot.Scan(Prefix(), PoolRecord.KeyOf(from)))
        {
            if (PoolRecord.TryReadKey(key.Span, out ulong number))
            {
                return number;
            }
        }

        return null;
    }
}

/// <summary>What <see cref="LoadPooledJob"/> found.</summary>
/// <param name="Found">The transactions, not checked yet.</param>
/// <param name="Damaged">The keys of records that are none.</param>
/// <param name="Next">Where the next job goes on; null at the end.</param>
/// <param name="FirstUnused">The first number that no life has used, where it was asked for.</param>
internal sealed record PooledLoaded(
    IReadOnlyList<KeptTransaction> Found, IReadOnlyList<byte[]> Damaged, ulong? Next, ulong? FirstUnused) : JobResult;

/// <summary>A waiting transaction of an earlier life.</summary>
internal readonly record struct KeptTransaction(ulong Number, Wire.UnixTime Clock, Wire.Transaction Transaction);
