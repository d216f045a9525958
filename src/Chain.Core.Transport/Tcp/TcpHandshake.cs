using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Transport;

/// <summary>
/// Noise XX over a byte stream. No message has a payload, so that each has one right length: anything else, such as
/// another protocol's greeting, is refused at its first two bytes.
/// </summary>
internal static class TcpHandshake
{
    private static readonly int[] MessageSizes = [32, 96, 64];
    private static readonly byte[] Version = "chain-core/1 "u8.ToArray();

    /// <summary>Runs one side.</summary>
    /// <returns>The channel, or null where the peer is refused or is ourselves.</returns>
    /// <exception cref="IOException">The stream broke.</exception>
    /// <exception cref="OperationCanceledException">The time is up.</exception>
    public static async ValueTask<SecureChannel?> RunAsync(
        PipeReader input,
        PipeWriter output,
        NoiseRole role,
        X25519PrivateKey staticKey,
        ReadOnlyMemory<byte> prologue,
        CancellationToken cancellation)
    {
        using NoiseHandshake handshake = Start(role, staticKey, prologue.Span);
        foreach (int size in MessageSizes)
        {
            if (handshake.IsMyTurn)
            {
                if (!TryWrite(output, handshake))
                {
                    return null;
                }

                await output.FlushAsync(cancellation).ConfigureAwait(false);
            }
            else if (!await TryReadAsync(input, handshake, size, cancellation).ConfigureAwait(false))
            {
                return null;
            }
        }

        if (handshake.RemoteStaticKey.Span.SequenceEqual(staticKey.PublicKey.Span))
        {
            return null;
        }

        var peer = new PeerId(new Hash256(handshake.RemoteStaticKey.Span));
        return new SecureChannel(peer, handshake.Split(), input, output);
    }

    private static NoiseHandshake Start(NoiseRole role, X25519PrivateKey staticKey, ReadOnlySpan<byte> prologue)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(X25519PrivateKey.SeedSize);
        var handshake = new NoiseHandshake(new NoiseHandshakeSettings
        {
            Protocol = NoiseProtocol.XX,
            Role = role,
            EphemeralSeed = seed,
            StaticKey = staticKey,
            Prologue = (byte[])[.. Version, .. prologue],
        });
        CryptographicOperations.ZeroMemory(seed);
        return handshake;
    }

    private static bool TryWrite(PipeWriter output, NoiseHandshake handshake)
    {
        Span<byte> buffer = output.GetSpan(NoiseRecords.LengthSize + handshake.NextOverhead);
        if (!handshake.TryWriteMessage(default, buffer[NoiseRecords.LengthSize..], out int written))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)written);
        output.Advance(NoiseRecords.LengthSize + written);
        return true;
    }

    private static async ValueTask<bool> TryReadAsync(
        PipeReader input, NoiseHandshake handshake, int size, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (!HasLength(buffer, size))
            {
                return false;
            }

            if (NoiseRecords.TryFind(ref buffer, out ReadOnlySequence<byte> message))
            {
                bool read = handshake.TryReadMessage(message.ToArray(), default, out _);
                input.AdvanceTo(buffer.Start);
                return read;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return false;
            }
        }
    }

    /// <summary>Whether the length that stands in front, as far as it has come, is the right one.</summary>
    private static bool HasLength(in ReadOnlySequence<byte> buffer, int size)
    {
        var reader = new SequenceReader<byte>(buffer);
        return !reader.TryRead(out byte high) || (high == 0 && (!reader.TryRead(out byte low) || low == size));
    }
}
