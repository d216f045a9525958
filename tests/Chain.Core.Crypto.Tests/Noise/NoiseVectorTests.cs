using System.Text.Json;
using Chain.Core.Testing;
using Xunit.Abstractions;

namespace Chain.Core.Crypto.Tests.Noise;

public sealed class NoiseVectorTests(ITestOutputHelper output)
{
    [VectorFact("noise/cacophony.json")]
    public void Handshake_CacophonyVectors_MatchByteForByte()
    {
        using JsonDocument file = VectorJson.Open("noise/cacophony.json");
        int total = 0;
        int ours = 0;
        foreach (JsonElement vector in file.RootElement.GetProperty("vectors").EnumerateArray())
        {
            total++;
            string name = vector.Text("protocol_name");
            if (!name.Contains("_25519_", StringComparison.Ordinal))
            {
                Assert.False(NoiseProtocol.TryParse(name, out _), name);
                continue;
            }

            Run(name, vector, vector.HexOrEmpty("init_prologue"), vector.HexOrEmpty("resp_prologue"));
            ours++;
        }

        Assert.Equal((944, 472), (total, ours));
        output.WriteLine($"noise/cacophony.json: {ours} vectors with 25519 run, {total - ours} names with 448 refused");
    }

    [VectorFact("fresh/noise.json")]
    public void Handshake_FreshVectors_MatchByteForByte()
    {
        using JsonDocument file = VectorJson.Open("fresh/noise.json");
        int count = 0;
        foreach (JsonElement vector in VectorJson.Cases(file))
        {
            Run(vector.Text("protocol_name"), vector, vector.HexOrEmpty("prologue"), vector.HexOrEmpty("prologue"));
            count++;
        }

        Assert.Equal(3, count);
        output.WriteLine($"fresh/noise.json: {count} vectors");
    }

    private static void Run(string name, JsonElement vector, byte[] initiatorPrologue, byte[] responderPrologue)
    {
        NoiseProtocol protocol = NoiseProtocol.Parse(name);
        using X25519PrivateKey initiatorStatic = new(Seed(vector, "init_static"));
        using X25519PrivateKey responderStatic = new(Seed(vector, "resp_static"));
        using var initiator = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = NoiseRole.Initiator,
            Prologue = initiatorPrologue,
            EphemeralSeed = vector.Hex("init_ephemeral"),
            StaticKey = vector.TryGetProperty("init_static", out _) ? initiatorStatic : null,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(NoiseRole.Initiator) ? responderStatic.PublicKey : default,
            PresharedKeys = PresharedKeys(vector, "init_psks"),
        });
        using var responder = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = protocol,
            Role = NoiseRole.Responder,
            Prologue = responderPrologue,
            EphemeralSeed = Seed(vector, "resp_ephemeral"),
            StaticKey = vector.TryGetProperty("resp_static", out _) ? responderStatic : null,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(NoiseRole.Responder) ? initiatorStatic.PublicKey : default,
            PresharedKeys = PresharedKeys(vector, "resp_psks"),
        });

        JsonElement[] messages = [.. vector.GetProperty("messages").EnumerateArray()];
        RunHandshake(name, initiator, responder, messages.AsSpan(0, protocol.MessageCount));
        Assert.Equal(vector.Hex("handshake_hash"), initiator.HandshakeHash.ToArray());
        Assert.Equal(vector.Hex("handshake_hash"), responder.HandshakeHash.ToArray());
        RunTransport(protocol, initiator, responder, messages.AsSpan(protocol.MessageCount));
    }

    private static void RunHandshake(string name, NoiseHandshake initiator, NoiseHandshake responder, ReadOnlySpan<JsonElement> messages)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            (NoiseHandshake writer, NoiseHandshake reader) = i % 2 == 0 ? (initiator, responder) : (responder, initiator);
            byte[] payload = messages[i].Hex("payload");
            var message = new byte[payload.Length + writer.NextOverhead];
            Assert.True(writer.TryWriteMessage(payload, message, out int written));
            Assert.Equal(message.Length, written);
            Assert.True(messages[i].Text("ciphertext") == Convert.ToHexStringLower(message), $"{name} message {i}");

            var received = new byte[payload.Length];
            Assert.True(reader.TryReadMessage(message, received, out int read));
            Assert.Equal(payload.Length, read);
            Assert.Equal(payload, received);
        }

        Assert.True(initiator.IsComplete && responder.IsComplete);
    }

    private static void RunTransport(
        NoiseProtocol protocol, NoiseHandshake initiator, NoiseHandshake responder, ReadOnlySpan<JsonElement> messages)
    {
        using NoiseTransport first = initiator.Split();
        using NoiseTransport second = responder.Split();
        Assert.NotEqual(0, messages.Length);
        for (int i = 0; i < messages.Length; i++)
        {
            // The turns go on as in the handshake; after a one-way pattern only the initiator speaks.
            bool initiatorSends = protocol.IsOneWay || (protocol.MessageCount + i) % 2 == 0;
            (NoiseTransport from, NoiseTransport to) = initiatorSends ? (first, second) : (second, first);
            byte[] payload = messages[i].Hex("payload");
            var message = new byte[payload.Length + NoiseCipher.TagSize];
            Assert.True(from.Sending.TryEncrypt(payload, message, out _));
            Assert.Equal(messages[i].Text("ciphertext"), Convert.ToHexStringLower(message));
            Assert.True(to.Receiving.TryDecrypt(message, message, out int read));
            Assert.Equal(payload, message[..read]);
        }
    }

    /// <summary>A key that the vector does not have is never looked at.</summary>
    private static byte[] Seed(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out _) ? vector.Hex(name) : new byte[X25519.KeySize];

    private static ReadOnlyMemory<byte>[] PresharedKeys(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out JsonElement keys)
            ? [.. keys.EnumerateArray().Select(key => (ReadOnlyMemory<byte>)Convert.FromHexString(key.GetString()!))]
            : [];
}
