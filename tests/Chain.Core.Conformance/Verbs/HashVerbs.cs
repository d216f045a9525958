using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Hashes, codes and keys derived from passwords.</summary>
internal static class HashVerbs
{
    private const int ShortIdSize = 6;

    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs, CryptoPath path)
    {
        verbs["hash"] = request => Hash(request, path);
        verbs["siphash24"] = SipHash;
        verbs["shortid"] = ShortId;
        verbs["hmac"] = Hmac;
        verbs["hkdf"] = DeriveHkdf;
        verbs["argon2id"] = DeriveArgon2id;
        verbs["scrypt"] = DeriveScrypt;
    }

    private static Answer.Bytes Hash(Request request, CryptoPath path)
    {
        byte[] message = request.Bytes("msg");
        return request.Text("alg") switch
        {
            "sha256" => Out(HashSha256(message, path)),
            "sha256d" => Out(Sha256.HashTwice(message)),
            "sha512" => new Answer.Bytes(Sha512.Hash(message)),
            "sha3_256" => Out(Sha3.Hash(message)),
            "keccak256" => Out(Keccak256.Hash(message)),
            "blake2b256" => Out(Blake2b.Hash(message)),
            "blake2s" => Out(Blake2s.Hash(message)),
            "blake3" => Out(Blake3.Hash(message)),
            _ => throw new UnsupportedException(),
        };
    }

    private static Hash256 HashSha256(byte[] message, CryptoPath path)
    {
        if (path == CryptoPath.Auto)
        {
            return Sha256.Hash(message);
        }

        var digest = new Hash256[1];
        Sha256.HashMany(message, message.Length, digest, path);
        return digest[0];
    }

    private static Answer.Bytes SipHash(Request request) =>
        new(LittleEndian(new SipHash24(request.Bytes("key")).Hash(request.Bytes("msg"))));

    /// <summary>The first six bytes of SipHash-2-4 under a key from header and nonce (BIP-152).</summary>
    private static Answer.Bytes ShortId(Request request)
    {
        Hash256 key = Sha256.Hash([.. request.Bytes("header"), .. request.Bytes("nonce_le")]);
        ulong id = new SipHash24(Hash256.AsSpan(in key)[..SipHash24.KeySize]).Hash(request.Bytes("txid_internal"));
        return new Answer.Bytes(LittleEndian(id)[..ShortIdSize]);
    }

    private static Answer.Bytes Hmac(Request request)
    {
        byte[] key = request.Bytes("key");
        byte[] message = request.Bytes("msg");
        byte[] code;
        switch (request.Text("alg"))
        {
            case "sha256":
                code = new byte[HmacSha256.Size];
                HmacSha256.Compute(key, message, code);
                break;
            case "sha512":
                code = new byte[HmacSha512.Size];
                HmacSha512.Compute(key, message, code);
                break;
            default:
                throw new UnsupportedException();
        }

        return new Answer.Bytes(code);
    }

    private static Answer.Bytes DeriveHkdf(Request request)
    {
        bool isLong = request.Text("alg") switch { "sha256" => false, "sha512" => true, _ => throw new UnsupportedException() };
        byte[] derived = Room(request, "len", isLong ? HkdfSha512.MaxOutputSize : Hkdf.MaxOutputSize);
        byte[] inputKey = request.Bytes("ikm");
        byte[] salt = request.BytesOrEmpty("salt");
        byte[] info = request.BytesOrEmpty("info");
        if (isLong)
        {
            HkdfSha512.DeriveKey(inputKey, salt, info, derived);
        }
        else
        {
            Hkdf.DeriveKey(inputKey, salt, info, derived);
        }

        return new Answer.Bytes(derived);
    }

    private static Answer.Bytes DeriveArgon2id(Request request)
    {
        byte[] derived = Room(request, "dkLen", Argon2id.MaxOutputSize);
        Argon2id.DeriveKey(
            request.Bytes("password"), request.Bytes("salt"), request.Int32("t"), request.Int32("m_KiB"), request.Int32("p"), derived);
        return new Answer.Bytes(derived);
    }

    private static Answer.Bytes DeriveScrypt(Request request)
    {
        byte[] derived = Room(request, "dkLen", Scrypt.MaxOutputSize);
        Scrypt.DeriveKey(
            request.Bytes("password"), request.Bytes("salt"), request.Int32("N"), request.Int32("r"), request.Int32("p"), derived);
        return new Answer.Bytes(derived);
    }

    private static byte[] Room(Request request, string field, int most) => request.Number(field) is var length && length <= (ulong)most
        ? new byte[length]
        : throw new InvalidRequestException($"{field} is above {most}");

    private static Answer.Bytes Out(Hash256 digest) => new(digest.ToArray());

    private static byte[] LittleEndian(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}
