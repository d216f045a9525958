using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>
/// Deletes old states, a bounded number of records at a time. A crash between two such steps loses nothing: what was
/// not deleted is found again, and what the states that stay were made from is never touched.
/// </summary>
/// <remarks>
/// The newest state of <c>chain</c> that is stored whole becomes the oldest that is left. Of the whole states that it
/// was made from, the pages go that each of them replaced; of all others, the pages that they wrote. Where a state
/// that stays was made from one that does not, as two branches that met in one state may leave it, nothing is deleted
/// before that has grown old too.
/// </remarks>
/// <param name="chain">
/// Roots of the states of consecutive blocks of the chain, oldest first: from the oldest that is left up to the oldest
/// that must stay readable.
/// </param>
/// <param name="following">Roots of the states above them, up to the head.</param>
/// <param name="abandoned">Roots of the states of blocks beside the chain that are not above the last of <paramref name="chain"/>.</param>
/// <param name="others">Roots of the states of all other blocks beside the chain.</param>
/// <param name="maxDeletes">About how many records to delete; positive.</param>
public sealed class PruneStatesJob(
    IReadOnlyList<Hash256> chain,
    IReadOnlyList<Hash256> following,
    IReadOnlyList<Hash256> abandoned,
    IReadOnlyList<Hash256> others,
    int maxDeletes) : Job
{
    /// <summary>Computes a <see cref="StatesPruned"/>.</summary>
    /// <exception cref="StateUnavailableException">A record is damaged.</exception>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var writes = new WriteBatch();
        StateRecord?[] records = [.. chain.Select(root => StateRecord.Find(snapshot, in root))];
        int last = Array.FindLastIndex(records, static record => record is { IsWhole: true });
        if (last < 0)
        {
            return new StatesPruned(writes, 0, true);
        }

        HashSet<Hash256> stay = [.. chain.Skip(last), .. following];
        if (!StandsAlone(snapshot, last, records, stay))
        {
            return new StatesPruned(writes, 0, true);
        }

        HashSet<Hash256> lineage = LineageOf(snapshot, chain[last]);
        bool isDone = PruneReplaced(snapshot, chain[last], writes);
        foreach (Hash256 root in chain.Take(last).Concat(abandoned))
        {
            isDone = isDone && (stay.Contains(root) || others.Contains(root) || PruneState(snapshot, root, lineage, writes));
        }

        return new StatesPruned(writes, isDone ? last : 0, isDone);
    }

    private bool HasRoom(WriteBatch writes) => writes.Operations.Count < maxDeletes;

    /// <summary>Whether all that stays was made from the state at <paramref name="last"/>, by way of states that stay.</summary>
    private bool StandsAlone(IKeyValueReader snapshot, int last, StateRecord?[] records, HashSet<Hash256> stay)
    {
        Hash256 oldest = chain[last];
        for (int i = 0; i < last; i++)
        {
            // An empty block has the state of its parent; a state that came back after others is another matter.
            bool isRun = chain[i] == oldest && chain.Skip(i).Take(last - i).All(root => root == oldest);
            if (stay.Contains(chain[i]) && !isRun)
            {
                return false;
            }
        }

        foreach (Hash256 each in chain.Skip(last + 1).Concat(following))
        {
            Hash256 root = each;
            StateRecord? record = root == oldest ? records[last] : StateRecord.Find(snapshot, in root);
            bool stands = root == oldest
                || (record is not null && stay.Contains(record.Base) && (record.IsWhole || stay.Contains(record.Parent)));
            if (!stands)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The whole states that a whole state was made from.</summary>
    private static HashSet<Hash256> LineageOf(IKeyValueReader snapshot, Hash256 root)
    {
        var lineage = new HashSet<Hash256>();
        while (StateRecord.Find(snapshot, in root) is { } record && lineage.Add(root))
        {
            root = record.Base;
        }

        return lineage;
    }

    private bool PruneState(IKeyValueReader snapshot, Hash256 root, HashSet<Hash256> lineage, WriteBatch writes)
    {
        if (StateRecord.Find(snapshot, in root) is not { } record)
        {
            return HasRoom(writes);
        }

        bool isDone = lineage.Contains(root)
            ? PruneReplaced(snapshot, root, writes)
            : PruneWritten(snapshot, record, writes) && DeleteAll(snapshot, LedgerKeys.ReplacedPages(in root), writes);
        if (isDone)
        {
            writes.Delete(LedgerKeys.StateChanges(in root));
            writes.Delete(LedgerKeys.StateRoot(in root));
        }

        return isDone;
    }

    private bool PruneWritten(IKeyValueReader snapshot, StateRecord record, WriteBatch writes)
    {
        foreach (StateRecord.StoredModule module in record.Modules)
        {
            if (module.IsNew && !DeleteAll(snapshot, LedgerKeys.StatePages(module.Tree.Version), writes))
            {
                return false;
            }
        }

        return true;
    }

    private bool PruneReplaced(IKeyValueReader snapshot, Hash256 root, WriteBatch writes)
    {
        foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> pages) in snapshot.Scan(LedgerKeys.ReplacedPages(in root)))
        {
            if (!HasRoom(writes))
            {
                return false;
            }

            foreach (byte[] page in StateRecord.ReplacedPages(pages))
            {
                writes.Delete(page);
            }

            writes.Delete(key);
        }

        return HasRoom(writes);
    }

    private bool DeleteAll(IKeyValueReader snapshot, byte[] prefix, WriteBatch writes)
    {
        foreach ((ReadOnlyMemory<byte> key, _) in snapshot.Scan(prefix))
        {
            if (!HasRoom(writes))
            {
                return false;
            }

            writes.Delete(key);
        }

        return HasRoom(writes);
    }
}
