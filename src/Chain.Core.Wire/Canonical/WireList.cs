using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Chain.Core.Wire;

/// <summary>Reads arrays of values. Memory grows with the bytes that were read, never with the count alone.</summary>
internal static class WireList
{
    private const int FirstCapacity = 64;

    internal static bool TryRead<T>(ref WireReader reader, int max, [NotNullWhen(true)] out T[]? values)
        where T : class, IWireValue<T>
    {
        values = null;
        if (!reader.TryReadArrayHeader(max, out int count))
        {
            return false;
        }

        var read = new List<T>(int.Min(count, FirstCapacity));
        for (int i = 0; i < count; i++)
        {
            if (!T.TryRead(ref reader, out T? value))
            {
                return false;
            }

            read.Add(value);
        }

        values = read.ToArray();
        return true;
    }

    internal static bool TryReadIds<T>(ref WireReader reader, int max, [NotNullWhen(true)] out T[]? ids)
        where T : struct
    {
        // T wraps exactly one Hash256, so that the two have the same layout.
        ids = null;
        if (!reader.TryReadArrayHeader(max, out int count))
        {
            return false;
        }

        var read = new List<T>(int.Min(count, FirstCapacity));
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadHash(out Crypto.Hash256 hash))
            {
                return false;
            }

            read.Add(Unsafe.BitCast<Crypto.Hash256, T>(hash));
        }

        ids = read.ToArray();
        return true;
    }
}
