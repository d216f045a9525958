namespace Chain.Core.Crypto.Tests.Signatures;

/// <summary>Strict DER of an ECDSA signature: SEQUENCE of two positive INTEGERs in their shortest form, nothing else.</summary>
internal static class StrictDer
{
    /// <summary>r ‖ s in 64 bytes; null where the bytes are not strict DER or a number does not fit in 32 bytes.</summary>
    public static byte[]? ToCompact(ReadOnlySpan<byte> der)
    {
        if (der.Length is < 8 or > 72 || der[0] != 0x30 || der[1] != der.Length - 2)
        {
            return null;
        }

        der = der[2..];
        var compact = new byte[64];
        return TakeInteger(ref der, compact.AsSpan(0, 32)) && TakeInteger(ref der, compact.AsSpan(32)) && der.IsEmpty ? compact : null;
    }

    private static bool TakeInteger(ref ReadOnlySpan<byte> der, Span<byte> number)
    {
        if (der.Length < 3 || der[0] != 2 || der[1] is 0 or > 33 || der.Length < 2 + der[1])
        {
            return false;
        }

        ReadOnlySpan<byte> value = der.Slice(2, der[1]);
        der = der[(2 + value.Length)..];
        bool negative = value[0] >= 0x80;
        bool padded = value.Length > 1 && value[0] == 0 && value[1] < 0x80;
        value = value[0] == 0 ? value[1..] : value;
        if (negative || padded || value.Length > 32)
        {
            return false;
        }

        value.CopyTo(number[(32 - value.Length)..]);
        return true;
    }
}
