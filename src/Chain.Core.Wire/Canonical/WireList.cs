using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Reads arrays of values. Room is made for as many as the bytes at hand can hold, never for a count alone.</summary>
internal static class WireList
{
    private const int IdBytes = 2 + Hash256.Size;

    internal static bool TryRead<T>(ref WireReader reader, int max, [NotNullWhen(true)] out T[]? values)
        where T : class, IWireValue<T>
    {
        values = null;
        if (!reader.TryReadArrayHeader(max, T.MinEncodedBytes, out int count))
        {
            return false;
        }

        var read = new T[count];
        for (int i = 0; i < count; i++)
        {
            if (!T.TryRead(ref reader, out T? value))
            {
                return false;
            }

            read[i] = value;
        }

        values = read;
        return true;
    }

    /// <typeparam name="T">A type that wraps exactly one <see cref="Hash256"/>, so that the two have the same layout.</typeparam>
    internal static bool TryReadIds<T>(ref WireReader reader, int max, [NotNullWhen(true)] out T[]? ids)
        where T : struct
    {
        ids = null;
        if (!reader.TryReadArrayHeader(max, IdBytes, out int count))
        {
            return false;
        }

        var read = new T[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadHash(out Hash256 hash))
            {
                return false;
            }

            read[i] = Unsafe.BitCast<Hash256, T>(hash);
        }

        ids = read;
        return true;
    }
}
