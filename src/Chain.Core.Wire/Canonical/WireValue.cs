using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Wire;

/// <summary>Decodes whole values.</summary>
public static class WireValue
{
    /// <summary>Decodes a value that fills <paramref name="bytes"/> exactly. The bytes are kept, not copied.</summary>
    /// <returns>False, with the reason in <paramref name="error"/>, for anything but the one canonical encoding.</returns>
    public static bool TryDecode<T>(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out T? value, out WireError error)
        where T : class, IWireValue<T>
    {
        var reader = new WireReader(bytes);
        bool decoded = T.TryRead(ref reader, out value) && reader.TryEnd();
        error = reader.Error;
        value = decoded ? value : null;
        return decoded;
    }

    /// <summary>Steps over a byte string or an unsigned integer without reading it.</summary>
    /// <param name="canonical">Bytes that were found canonical before: nothing is checked again.</param>
    /// <param name="start">Where the value begins.</param>
    /// <returns>The place behind it.</returns>
    public static int EndOf(ReadOnlySpan<byte> canonical, int start) => canonical[start] switch
    {
        MessagePackCode.Bin8 => start + 2 + canonical[start + 1],
        MessagePackCode.Bin16 => start + 3 + BinaryPrimitives.ReadUInt16BigEndian(canonical[(start + 1)..]),
        MessagePackCode.Bin32 => start + 5 + (int)BinaryPrimitives.ReadUInt32BigEndian(canonical[(start + 1)..]),
        MessagePackCode.UInt8 => start + 2,
        MessagePackCode.UInt16 => start + 3,
        MessagePackCode.UInt32 => start + 5,
        MessagePackCode.UInt64 => start + 9,
        _ => start + 1,
    };
}
