using Chain.Core.Crypto;
using Factories = System.Collections.Generic.SortedDictionary<string, System.Func<Chain.Core.Fuzz.FuzzTarget>>;

namespace Chain.Core.Fuzz;

/// <summary>Handshake messages, channel messages and protocol names.</summary>
internal static class NoiseTargets
{
    private const int MaxPayload = 65_535;

    public static void AddTo(Factories factories)
    {
        factories["crypto.noise-xx"] = () => HandshakeTarget("crypto.noise-xx", NoiseProtocol.XX);
        factories["crypto.noise-ik"] = () => HandshakeTarget("crypto.noise-ik", NoiseProtocol.IK);
        factories["crypto.noise-channel"] = () => ChannelTarget("crypto.noise-channel");
        factories["crypto.noise-name"] = () => NameTarget("crypto.noise-name");
    }

    /// <summary>An input is which message of the handshake it stands for, and its bytes; the ones before are genuine.</summary>
    private static FuzzTarget HandshakeTarget(string name, NoiseProtocol protocol)
    {
        List<byte[]> genuine = [];
        using (var pair = new NoisePair(protocol))
        {
            for (int i = 0; i < protocol.MessageCount; i++)
            {
                genuine.Add(pair.Exchange("payload"u8));
            }
        }

        byte[][] seeds = [.. genuine.Select((message, index) => (byte[])[(byte)index, .. message])];
        return new FuzzTarget(name, seeds, input =>
        {
            int stage = (input.Length > 0 ? input[0] : 0) % protocol.MessageCount;
            ReadOnlySpan<byte> message = input.AsSpan(Math.Min(1, input.Length));
            using var pair = new NoisePair(protocol);
            for (int i = 0; i < stage; i++)
            {
                pair.Exchange("payload"u8);
            }

            var payload = new byte[MaxPayload];
            bool isRead = pair.Receiver.TryReadMessage(message, payload, out int written);
            Oracle.Holds(isRead == (pair.Receiver.Failure == NoiseFailure.None), "the failure does not fit the answer");
            bool isAuthenticated = stage > 0 || protocol == NoiseProtocol.IK;
            Oracle.Holds(!isRead || !isAuthenticated || message.SequenceEqual(genuine[stage]), "a forged message was taken");
            Oracle.Holds(!isRead || written <= message.Length, "a payload longer than its message");
            Oracle.Holds(isRead || !pair.Receiver.TryReadMessage(genuine[stage], payload, out _), "a dead handshake lives on");
            return isRead;
        })
        {
            MaxLength = 1024,
            AllocatedBase = 256 * 1024,
        };
    }

    private static FuzzTarget ChannelTarget(string name)
    {
        var message = new byte[32 + NoiseCipher.TagSize];
        using (var pair = new NoisePair(NoiseProtocol.XX))
        {
            using NoiseTransport sender = pair.Finish().Initiator;
            sender.Sending.TryEncrypt(new byte[32], message, out _);
        }

        using var opened = new NoisePair(NoiseProtocol.XX);
        NoiseTransport receiver = opened.Finish().Responder;
        return new FuzzTarget(name, [message[..^1], new byte[16]], input =>
        {
            var plaintext = new byte[Math.Max(0, input.Length - NoiseCipher.TagSize)];
            ulong nonce = receiver.Receiving.Nonce;
            bool isOpened = receiver.Receiving.TryDecrypt(input, plaintext, out _);
            Oracle.Holds(!isOpened || (nonce == 0 && input.AsSpan().SequenceEqual(message)), "a forged message was opened");
            return isOpened;
        })
        {
            MaxLength = 256,
        };
    }

    private static FuzzTarget NameTarget(string name)
    {
        byte[][] seeds =
        [
            Text.Of("Noise_XX_25519_ChaChaPoly_SHA256"), Text.Of("Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s"),
            Text.Of("Noise_NNpsk0+psk2_25519_AESGCM_SHA512"),
        ];
        return new FuzzTarget(name, seeds, input =>
        {
            string text = Text.From(input);
            bool isRead = NoiseProtocol.TryParse(text, out NoiseProtocol? protocol);
            Oracle.Holds(!isRead || protocol!.Name == text, "a protocol has another name");
            return isRead;
        })
        {
            MaxLength = 128,
            Tokens = [.. ((string[])["psk", "+", "_", "XX", "IK", "KK", "NK1", "X1X", "BLAKE2s", "BLAKE2b", "SHA512", "448", "hfs"]).Select(Text.Of)],
        };
    }
}
