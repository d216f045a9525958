using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Authenticated ciphers, key agreement and the Noise handshake.</summary>
internal static class SealingVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs)
    {
        verbs["aead.seal"] = Seal;
        verbs["aead.open"] = Open;
        verbs["x25519"] = Agree;
        verbs["noise.run"] = RunNoise;
    }

    private static Answer.Bytes Seal(Request request)
    {
        using Aead aead = CipherOf(request);
        byte[] plaintext = request.Bytes("pt");
        var sealedMessage = new byte[plaintext.Length + Aead.TagSize];
        aead.Seal(request.Bytes("nonce"), plaintext, request.BytesOrEmpty("aad"), sealedMessage);
        return new Answer.Bytes(sealedMessage);
    }

    private static Answer Open(Request request)
    {
        using Aead aead = CipherOf(request);
        byte[] sealedMessage = request.Bytes("ct_and_tag");
        var plaintext = new byte[Math.Max(0, sealedMessage.Length - Aead.TagSize)];
        return aead.TryOpen(request.Bytes("nonce"), sealedMessage, request.BytesOrEmpty("aad"), plaintext)
            ? new Answer.Bytes(plaintext)
            : Answer.Invalid("not authentic");
    }

    private static Aead CipherOf(Request request) => new(
        request.Text("alg") switch
        {
            "chacha20poly1305" => AeadAlgorithm.ChaCha20Poly1305,
            "aes256gcm" => AeadAlgorithm.Aes256Gcm,
            "xchacha20poly1305" => AeadAlgorithm.XChaCha20Poly1305,
            _ => throw new UnsupportedException(),
        },
        request.Bytes("key"));

    private static Answer Agree(Request request)
    {
        var shared = new byte[X25519.KeySize];
        return X25519.TryAgree(request.Bytes("priv"), request.Bytes("pub"), shared)
            ? new Answer.Bytes(shared)
            : Answer.Invalid("the public key has a wrong length or is of small order");
    }

    private static Answer.Fields RunNoise(Request request)
    {
        if (!NoiseProtocol.TryParse(request.Text("protocol_name"), out NoiseProtocol? protocol))
        {
            throw new UnsupportedException();
        }

        using NoiseSession session = NoiseSession.Create(protocol, request);
        List<byte[]> ciphertexts = [.. request.ManyBytes("payloads").Select(session.Send)];
        byte[] hash = session.HandshakeHash;
        return new Answer.Fields(json =>
        {
            json.WriteStartArray("ciphertexts");
            ciphertexts.ForEach(ciphertext => json.WriteStringValue(Convert.ToHexStringLower(ciphertext)));
            json.WriteEndArray();
            json.WriteString("handshake_hash", Convert.ToHexStringLower(hash));
        });
    }
}
