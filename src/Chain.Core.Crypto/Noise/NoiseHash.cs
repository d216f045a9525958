using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Chain.Core.Crypto;

/// <summary>A hash function of Noise (revision 34, §12.5 to §12.8), with the HMAC and the HKDF over it (§4.3).</summary>
internal sealed class NoiseHash
{
    /// <summary>The longest digest in bytes.</summary>
    public const int LongestSize = HkdfSteps.LongestHash;

    private readonly Digest _digest;
    private readonly HkdfSteps.Hmac _hmac;

    private NoiseHash(int size, Digest digest, HkdfSteps.Hmac hmac)
    {
        Size = size;
        _digest = digest;
        _hmac = hmac;
    }

    private delegate void Digest(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest);

    /// <summary>Length of a digest in bytes (HASHLEN): 32 or 64.</summary>
    public int Size { get; }

    /// <summary>The function of a Noise name, or null.</summary>
    public static NoiseHash? Find(string name) => name switch
    {
        "SHA256" => Platform(32, HashAlgorithmName.SHA256, HmacSha256.Compute),
        "SHA512" => Platform(64, HashAlgorithmName.SHA512, HmacSha512.Compute),
        "BLAKE2s" => Portable(32, () => new Blake2sDigest(256)),
        "BLAKE2b" => Portable(64, () => new Blake2bDigest(512)),
        _ => null,
    };

    /// <summary>HASH(first ‖ second); the digest may begin where an input does.</summary>
    public void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest) => _digest(first, second, digest);

    /// <summary>Two or three outputs (§4.3): RFC 5869 with the chaining key as salt and no info.</summary>
    public void Derive(ReadOnlySpan<byte> chainingKey, ReadOnlySpan<byte> inputKey, Span<byte> outputs) =>
        HkdfSteps.DeriveKey(_hmac, Size, inputKey, chainingKey, default, outputs);

    private static NoiseHash Platform(int size, HashAlgorithmName name, HkdfSteps.Hmac hmac) => new(
        size,
        (first, second, digest) =>
        {
            using var hash = IncrementalHash.CreateHash(name);
            hash.AppendData(first);
            hash.AppendData(second);
            hash.GetHashAndReset(digest);
        },
        hmac);

    private static NoiseHash Portable(int size, Func<IDigest> create) => new(
        size,
        (first, second, digest) =>
        {
            IDigest hash = create();
            hash.BlockUpdate(first);
            hash.BlockUpdate(second);
            hash.DoFinal(digest);
        },
        (key, message, code) =>
        {
            var hmac = new HMac(create());
            hmac.Init(new KeyParameter(key));
            hmac.BlockUpdate(message);
            hmac.DoFinal(code);
        });
}
