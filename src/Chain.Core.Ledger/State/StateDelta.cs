using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>How a state differs from one that is in the store.</summary>
/// <param name="Parent">The root of that state.</param>
/// <param name="Changes">What changed since, by module.</param>
internal sealed record StateDelta(Hash256 Parent, KeyedModuleChanges[] Changes)
{
    private const int MaxHeaders = 10;

    public int Keys => Changes.Sum(static module => module.Changes.Length);

    /// <summary>At most so many bytes does <see cref="AppendChanges"/> write.</summary>
    public int MaxBytes => MaxHeaders + Changes.Sum(static module => (2 * MaxHeaders)
        + module.Changes.Sum(static change => MaxHeaders + change.Key.Length + (change.Value?.Length ?? 0)));

    /// <summary>Writes <c>[[module, [key, value or false, …]], …]</c>; false stands for a key that is removed.</summary>
    public void AppendChanges(WireWriter writer)
    {
        writer.ArrayHeader(Changes.Length);
        foreach (KeyedModuleChanges module in Changes)
        {
            writer.ArrayHeader(2).UInt64((uint)module.Module).ArrayHeader(2 * module.Changes.Length);
            foreach (KeyedChange change in module.Changes)
            {
                writer.Bytes(change.Key.Span);
                if (change.Value is { } value)
                {
                    writer.Bytes(value.Span);
                }
                else
                {
                    writer.Boolean(false);
                }
            }
        }
    }

    public static KeyedModuleChanges[]? TryReadChanges(ref WireReader reader)
    {
        if (!reader.TryReadArrayHeader(StateLimits.Modules, out int count))
        {
            return null;
        }

        var modules = new KeyedModuleChanges[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadArrayHeader(2)
                || !reader.TryReadByte(out byte module)
                || !reader.TryReadArrayHeader(int.MaxValue, out int parts)
                || parts % 2 != 0
                || !TryReadChanges(ref reader, parts / 2, out KeyedChange[] changes))
            {
                return null;
            }

            modules[i] = new KeyedModuleChanges(module, changes);
        }

        return modules;
    }

    private static bool TryReadChanges(ref WireReader reader, int count, out KeyedChange[] keyed)
    {
        keyed = [];
        var changes = new StateChange[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadBytes(StateLimits.KeyBytes, out ReadOnlyMemory<byte> key))
            {
                return false;
            }

            ReadOnlyMemory<byte>? value = null;
            if (reader.IsBytesNext)
            {
                if (!reader.TryReadBytes(StateLimits.ValueBytes, out ReadOnlyMemory<byte> present))
                {
                    return false;
                }

                value = present;
            }
            else if (!reader.TryReadBoolean(out bool removed) || removed)
            {
                return false;
            }

            changes[i] = new StateChange(key, value);
        }

        keyed = KeyedChange.Hash(changes);
        return true;
    }
}
