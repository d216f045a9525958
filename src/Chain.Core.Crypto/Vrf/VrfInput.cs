using System.Security.Cryptography;

namespace Chain.Core.Crypto;

/// <summary>The encoding of an input to a point H of the group of prime order (RFC 9381, section 5.4.1), salted with the key.</summary>
internal static class VrfInput
{
    private const byte EncodeFront = 1;
    private const byte Back = 0;
    private const int StackSize = 512;

    private static ReadOnlySpan<byte> ElligatorDomain => "ECVRF_edwards25519_XMD:SHA-512_ELL2_NU_\x04"u8;

    /// <summary>False only where none of 256 tries gives a point, which nobody will see.</summary>
    public static bool TryEncodeToCurve(
        VrfSuite suite, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> input, out EdwardsPoint point)
    {
        if (suite == VrfSuite.Edwards25519Sha512Tai)
        {
            return TryAndIncrement(suite, publicKey, input, out point);
        }

        int length = publicKey.Length + input.Length;
        Span<byte> message = length <= StackSize ? stackalloc byte[StackSize] : new byte[length];
        publicKey.CopyTo(message);
        input.CopyTo(message[publicKey.Length..]);
        point = Elligator2.Encode(message[..length], ElligatorDomain);
        return true;
    }

    /// <summary>Section 5.4.1.1: the first counter whose hash decodes to a point, times the cofactor.</summary>
    private static bool TryAndIncrement(
        VrfSuite suite, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> input, out EdwardsPoint point)
    {
        int length = 4 + publicKey.Length + input.Length;
        Span<byte> message = length <= StackSize ? stackalloc byte[StackSize] : new byte[length];
        message = message[..length];
        message[0] = (byte)suite;
        message[1] = EncodeFront;
        publicKey.CopyTo(message[2..]);
        input.CopyTo(message[(2 + publicKey.Length)..]);
        message[^1] = Back;
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        for (int counter = 0; counter <= byte.MaxValue; counter++)
        {
            message[^2] = (byte)counter;
            SHA512.HashData(message, digest);
            if (CanonicalPoint.TryDecode(digest[..FieldElement.Size], out point))
            {
                point = point.MultiplyByCofactor();
                if (!point.IsIdentity)
                {
                    return true;
                }
            }
        }

        point = EdwardsPoint.Identity;
        return false;
    }
}
