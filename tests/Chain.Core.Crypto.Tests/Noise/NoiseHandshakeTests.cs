using Chain.Core.Testing;
using CsCheck;

namespace Chain.Core.Crypto.Tests.Noise;

[Trait("Fault", "6")]
public sealed class NoiseHandshakeTests
{
    private static readonly byte[] Payload = [7, 7, 7];

    public static TheoryData<string> Patterns => new(["XX", "IK", "NN", "NK", "KK", "IX", "X1X1"]);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Handshake_HonestPeers_KnowEachOtherAndShareTheHash(string pattern)
    {
        using NoisePair pair = new(Protocol(pattern), [1, 2], [1, 2]);

        Assert.True(pair.Run(Payload));
        Assert.Equal(pair.Alice.HandshakeHash.ToArray(), pair.Bob.HandshakeHash.ToArray());
        if (pattern is "XX" or "IK" or "KK" or "IX" or "X1X1")
        {
            Assert.Equal(NoisePair.BobPublicKey, pair.Alice.RemoteStaticKey.ToArray());
            Assert.Equal(NoisePair.AlicePublicKey, pair.Bob.RemoteStaticKey.ToArray());
        }
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("IK")]
    public void Handshake_EveryBitFlippedInEveryMessage_NeverCompletes(string pattern)
    {
        NoiseProtocol protocol = Protocol(pattern);
        int flips = 0;
        for (int target = 0; target < protocol.MessageCount; target++)
        {
            int bits = int.MaxValue;
            for (int bit = 0; bit < bits; bit++)
            {
                using NoisePair pair = new(protocol);
                bool completed = pair.Run(Payload, (i, message) =>
                {
                    if (i == target)
                    {
                        bits = 8 * message.Length;
                        message[bit / 8] ^= (byte)(1 << (bit % 8));
                    }

                    return message;
                });

                Assert.False(completed, $"{pattern}: bit {bit} of message {target}");
                flips++;
            }
        }

        Assert.True(flips > 8 * 32 * protocol.MessageCount);
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("IK")]
    public void Handshake_EveryTruncation_NeverCompletes(string pattern)
    {
        NoiseProtocol protocol = Protocol(pattern);
        for (int target = 0; target < protocol.MessageCount; target++)
        {
            int length = int.MaxValue;
            for (int cut = 0; cut < length; cut++)
            {
                using NoisePair pair = new(protocol);
                Assert.False(pair.Run(Payload, (i, message) =>
                {
                    length = i == target ? message.Length : length;
                    return i == target ? message[..cut] : message;
                }));
            }
        }
    }

    [Fact]
    public void TryReadMessage_RefusedOnce_StaysDead()
    {
        using NoisePair honest = new(NoiseProtocol.XX);
        byte[] good = [];
        Assert.True(honest.Run(Payload, (i, message) => i == 1 ? good = [.. message] : message));

        using NoisePair pair = new(NoiseProtocol.XX);
        var first = new byte[Payload.Length + pair.Alice.NextOverhead];
        Assert.True(pair.Alice.TryWriteMessage(Payload, first, out _));
        byte[] bad = [.. good];
        bad[^1] ^= 1;

        Assert.False(pair.Alice.TryReadMessage(bad, new byte[bad.Length], out _));
        Assert.Equal(NoiseFailure.NotAuthentic, pair.Alice.Failure);
        Assert.False(pair.Alice.TryReadMessage(good, new byte[good.Length], out _));
        Assert.False(pair.Alice.TryWriteMessage(Payload, new byte[200], out int written));
        Assert.Equal(0, written);
        Assert.True(pair.Alice.RemoteStaticKey.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => pair.Alice.Split());
    }

    [Fact]
    public void Handshake_OtherPrologue_Fails()
    {
        using NoisePair pair = new(NoiseProtocol.XX, [1], [2]);
        Assert.False(pair.Run(Payload));
        Assert.Equal(NoiseFailure.NotAuthentic, pair.Alice.Failure);
    }

    [Fact]
    public void Handshake_OwnMessageReflected_IsRefused()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        var message = new byte[200];
        Assert.True(pair.Alice.TryWriteMessage(new byte[100], message, out int written));
        Assert.False(pair.Alice.TryReadMessage(message.AsSpan(0, written), new byte[200], out _));
        Assert.Equal(NoiseFailure.BadPublicKey, pair.Alice.Failure);
    }

    [Fact]
    public void Handshake_RecordedMessagesReplayedToAFreshResponder_AreRefused()
    {
        List<byte[]> recorded = [];
        using (NoisePair pair = new(NoiseProtocol.XX))
        {
            Assert.True(pair.Run(Payload, (_, message) =>
            {
                recorded.Add([.. message]);
                return message;
            }));
        }

        using NoisePair later = new(NoiseProtocol.XX, bobEphemeral: 5);
        Assert.True(later.Bob.TryReadMessage(recorded[0], new byte[200], out _));
        Assert.True(later.Bob.TryWriteMessage(Payload, new byte[200], out _));
        Assert.False(later.Bob.TryReadMessage(recorded[2], new byte[200], out _));
        Assert.Equal(NoiseFailure.NotAuthentic, later.Bob.Failure);
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("IK")]
    public void Handshake_EachMessageReflectedToItsWriter_IsRefused(string pattern)
    {
        NoiseProtocol protocol = Protocol(pattern);
        for (int target = 0; target < protocol.MessageCount; target++)
        {
            using NoisePair pair = new(protocol);
            NoiseHandshake writer = target % 2 == 0 ? pair.Alice : pair.Bob;
            byte[] reflected = [];
            pair.Run(Payload, (i, message) =>
            {
                reflected = i == target ? [.. message] : reflected;
                return i == target ? [] : message; // the peer never gets it
            });

            Assert.False(writer.TryReadMessage(reflected, new byte[200], out _), $"{pattern}: message {target}");
            Assert.NotEqual(NoiseFailure.None, writer.Failure);
        }
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("IK")]
    public void Handshake_WithOurselves_IsRefused(string pattern)
    {
        NoiseProtocol protocol = Protocol(pattern);
        using var key = new X25519PrivateKey(NoisePair.Seed(1));
        NoiseHandshakeSettings Settings(NoiseRole role, byte ephemeral) => new()
        {
            Protocol = protocol,
            Role = role,
            EphemeralSeed = NoisePair.Seed(ephemeral),
            StaticKey = key,
            RemoteStaticKey = protocol.NeedsRemoteStaticKey(role) ? key.PublicKey : default,
        };
        using var dialler = new NoiseHandshake(Settings(NoiseRole.Initiator, 3));
        using var listener = new NoiseHandshake(Settings(NoiseRole.Responder, 4));

        Assert.False(NoisePair.Run(dialler, listener, Payload, null));
        Assert.Contains(NoiseFailure.BadPublicKey, new[] { dialler.Failure, listener.Failure });
        Assert.False(dialler.IsComplete && listener.IsComplete);
    }

    /// <summary>The first message of IK can be sent again, as §7.7 warns; who does so can say nothing more.</summary>
    [Fact]
    public void Handshake_FirstMessageOfIKReplayed_LeadsToASilentChannel()
    {
        List<byte[]> recorded = [];
        var spoken = new byte[Payload.Length + NoiseCipher.TagSize];
        using (NoisePair pair = new(NoiseProtocol.IK))
        {
            Assert.True(pair.Run(Payload, (_, message) =>
            {
                recorded.Add([.. message]);
                return message;
            }));
            using NoiseTransport alice = pair.Alice.Split();
            Assert.True(alice.Sending.TryEncrypt(Payload, spoken, out _));
        }

        using NoisePair later = new(NoiseProtocol.IK, bobEphemeral: 5);
        Assert.True(later.Bob.TryReadMessage(recorded[0], new byte[200], out _));
        Assert.True(later.Bob.TryWriteMessage(Payload, new byte[200], out _));
        using NoiseTransport bob = later.Bob.Split();
        Assert.False(bob.Receiving.TryDecrypt(spoken, new byte[200], out _));
        Assert.NotEqual(recorded[1][..32], recorded[0][..32]);
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("IK")]
    public void Handshake_EveryMessageReplayedInPlaceOfALaterOne_IsRefused(string pattern)
    {
        NoiseProtocol protocol = Protocol(pattern);
        for (int old = 0; old < protocol.MessageCount; old++)
        {
            for (int target = old + 1; target < protocol.MessageCount; target++)
            {
                using NoisePair pair = new(protocol);
                byte[] kept = [];
                Assert.False(pair.Run(Payload, (i, message) =>
                {
                    kept = i == old ? [.. message] : kept;
                    return i == target ? kept : message;
                }));
            }
        }
    }

    [Fact]
    public void Handshake_EphemeralKeyOfSmallOrder_KillsTheWriter()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.True(pair.Bob.TryReadMessage(new byte[32], new byte[32], out _));
        Assert.False(pair.Bob.TryWriteMessage([], new byte[200], out int written));
        Assert.Equal(0, written);
        Assert.Equal(NoiseFailure.BadPublicKey, pair.Bob.Failure);
    }

    [Fact]
    public void TryReadMessage_OutOfTurn_Dies()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.False(pair.Alice.TryReadMessage(new byte[32], new byte[32], out _));
        Assert.Equal(NoiseFailure.OutOfTurn, pair.Alice.Failure);
    }

    [Fact]
    public void TryReadMessage_LongerThanNoiseAllows_Dies()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.False(pair.Bob.TryReadMessage(new byte[NoiseCipher.MaxMessageSize + 1], new byte[70_000], out _));
        Assert.Equal(NoiseFailure.TooLong, pair.Bob.Failure);
    }

    [Fact]
    public void TryReadMessage_PayloadWithoutRoom_Dies()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.False(pair.Bob.TryReadMessage(new byte[100], new byte[67], out _));
        Assert.Equal(NoiseFailure.TooLong, pair.Bob.Failure);
    }

    [Fact]
    public void TryReadMessage_ArbitraryBytes_NeverThrow() =>
        Gen.Byte.Array[0, 200].Array[1, 3].Sample(
            messages =>
            {
                using NoisePair pair = new(NoiseProtocol.XX);
                foreach (byte[] message in messages)
                {
                    if (pair.Bob.IsMyTurn)
                    {
                        pair.Bob.TryWriteMessage([], new byte[200], out _);
                    }

                    pair.Bob.TryReadMessage(message, new byte[message.Length], out _);
                }

                return !pair.Bob.IsComplete;
            },
            iter: LongRun.Count(200, 100_000),
            seed: "0N0XIzNsQ0O2");

    [Fact]
    public void TryWriteMessage_CallerErrors_Throw()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.Throws<InvalidOperationException>(() => pair.Bob.TryWriteMessage([], new byte[200], out _));
        Assert.Throws<ArgumentException>(() => pair.Alice.TryWriteMessage(Payload, new byte[34], out _));
        Assert.Throws<ArgumentException>(() => pair.Alice.TryWriteMessage(new byte[65_504], new byte[70_000], out _));
        Assert.True(pair.Alice.TryWriteMessage(new byte[65_503], new byte[65_535], out int written));
        Assert.Equal(NoiseCipher.MaxMessageSize, written);
    }

    [Fact]
    public void Dispose_ThenUse_Throws()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        pair.Alice.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.Alice.TryWriteMessage([], new byte[200], out _));
        Assert.Throws<ObjectDisposedException>(() => pair.Alice.TryReadMessage([], [], out _));
    }

    [Fact]
    public void Split_Twice_Throws()
    {
        using NoisePair pair = new(NoiseProtocol.XX);
        Assert.Throws<InvalidOperationException>(() => pair.Alice.Split());
        Assert.True(pair.Run(Payload));
        using NoiseTransport transport = pair.Alice.Split();
        Assert.Throws<InvalidOperationException>(() => pair.Alice.Split());
    }

    [Fact]
    public void Constructor_MissingOrSuperfluousKeys_Throw()
    {
        using var key = new X25519PrivateKey(NoisePair.Seed(9));
        NoiseHandshakeSettings Settings(NoiseProtocol protocol, X25519PrivateKey? own, int remote, params ReadOnlyMemory<byte>[] psks) => new()
        {
            Protocol = protocol,
            Role = NoiseRole.Initiator,
            EphemeralSeed = NoisePair.Seed(8),
            StaticKey = own,
            RemoteStaticKey = new byte[remote],
            PresharedKeys = psks,
        };

        Assert.Throws<ArgumentException>(() => new NoiseHandshake(Settings(NoiseProtocol.XX, null, 0)));
        Assert.Throws<ArgumentException>(() => new NoiseHandshake(Settings(NoiseProtocol.XX, key, 32)));
        Assert.Throws<ArgumentException>(() => new NoiseHandshake(Settings(NoiseProtocol.IK, key, 0)));
        Assert.Throws<ArgumentException>(() => new NoiseHandshake(Settings(NoiseProtocol.IK, key, 31)));
        Assert.Throws<ArgumentException>(() => new NoiseHandshake(Settings(NoiseProtocol.XX, key, 0, new byte[32])));
        Assert.Throws<ArgumentException>(() => new NoiseHandshake(Settings(Protocol("NNpsk0"), null, 0, new byte[31])));
        using var fine = new NoiseHandshake(Settings(Protocol("NNpsk0"), null, 0, new byte[32]));
        Assert.True(fine.IsMyTurn);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Noise_XX_25519_ChaChaPoly_SHA384")]
    [InlineData("Noise_XX_25519_ChaChaPoly_BLAKE2S")]
    [InlineData("Noise_XX_25519_AESGCM")]
    [InlineData("Noise_XX_25519_AESGCM_SHA256_SHA256")]
    [InlineData("Noise_XX_25519_XChaChaPoly_SHA256")]
    [InlineData("noise_XX_25519_AESGCM_SHA256")]
    [InlineData("Noise_XX_448_ChaChaPoly_SHA256")]
    [InlineData("Noise_ZZ_25519_ChaChaPoly_SHA256")]
    [InlineData("Noise__25519_ChaChaPoly_SHA256")]
    [InlineData("Noise_25519_ChaChaPoly_SHA256")]
    [InlineData("Noise_XXpsk4_25519_ChaChaPoly_SHA256")]
    [InlineData("Noise_XXpsk_25519_ChaChaPoly_SHA256")]
    [InlineData("Noise_XXpsk1+psk1_25519_ChaChaPoly_SHA256")]
    [InlineData("Noise_XXpsk2+psk1_25519_ChaChaPoly_SHA256")]
    [InlineData("Noise_XXfallback_25519_ChaChaPoly_SHA256")]
    public void TryParse_UnknownName_IsRefused(string? name)
    {
        Assert.False(NoiseProtocol.TryParse(name, out NoiseProtocol? protocol));
        Assert.Null(protocol);
    }

    private static NoiseProtocol Protocol(string pattern) => NoiseProtocol.Parse($"Noise_{pattern}_25519_ChaChaPoly_SHA256");
}
