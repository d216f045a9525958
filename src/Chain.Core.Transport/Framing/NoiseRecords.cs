using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Transport;

/// <summary>Noise messages on a byte stream: 2 bytes of length, big-endian, then the message.</summary>
internal static class NoiseRecords
{
    public const int LengthSize = 2;

    /// <summary>
    /// The most plaintext in a record. Two bytes below what Noise allows, so that a record with its length fills a
    /// pooled buffer of 65,536 bytes instead of half of the next size.
    /// </summary>
    public const int MaxPlaintext = 65_536 - LengthSize - NoiseCipher.TagSize;

    /// <summary>
    /// After so many records a direction changes its key (Noise §11.3): what leaks later does not open what was
    /// sent earlier.
    /// </summary>
    private const ulong RekeyInterval = 1 << 14;

    /// <summary>Encrypts as many waiting frames of one lane as fit into one record.</summary>
    /// <returns>The bytes of the record; 0 where nothing waits, −1 where the cipher is exhausted.</returns>
    public static int Write(PipeWriter output, SendQueue queue, NoiseCipher cipher)
    {
        Memory<byte> buffer = output.GetMemory(LengthSize + MaxPlaintext + NoiseCipher.TagSize);
        Span<byte> plaintext = buffer.Span.Slice(LengthSize, MaxPlaintext);
        int taken = queue.Take(plaintext[1..], out MessageLane lane);
        if (taken == 0)
        {
            return 0;
        }

        plaintext[0] = (byte)lane;
        return Seal(output, buffer.Span, 1 + taken, cipher);
    }

    /// <summary>Encrypts one frame into a record of its own.</summary>
    public static int Write(PipeWriter output, MessageLane lane, ReadOnlySpan<byte> frame, NoiseCipher cipher)
    {
        Span<byte> buffer = output.GetSpan(LengthSize + 1 + frame.Length + NoiseCipher.TagSize);
        buffer[LengthSize] = (byte)lane;
        frame.CopyTo(buffer[(LengthSize + 1)..]);
        return Seal(output, buffer, 1 + frame.Length, cipher);
    }

    /// <summary>Finds the next whole record at the front of <paramref name="input"/>, without its length, and moves that on.</summary>
    public static bool TryFind(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> record)
    {
        record = default;
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryRead(out byte high) || !reader.TryRead(out byte low) || reader.Remaining < (high << 8 | low))
        {
            return false;
        }

        record = input.Slice(LengthSize, high << 8 | low);
        input = input.Slice(record.End);
        return true;
    }

    /// <summary>Checks and decrypts one record into <paramref name="plaintext"/>, which has room for the record.</summary>
    public static bool TryOpen(in ReadOnlySequence<byte> record, Span<byte> plaintext, NoiseCipher cipher, out int written)
    {
        written = 0;
        if (record.Length > NoiseCipher.MaxMessageSize)
        {
            return false;
        }

        ReadOnlySpan<byte> message = record.FirstSpan;
        if (!record.IsSingleSegment)
        {
            record.CopyTo(plaintext);
            message = plaintext[..(int)record.Length];
        }

        bool opened = cipher.TryDecrypt(message, plaintext, out written);
        if (opened && cipher.Nonce % RekeyInterval == 0)
        {
            cipher.Rekey();
        }

        return opened;
    }

    private static int Seal(PipeWriter output, Span<byte> buffer, int length, NoiseCipher cipher)
    {
        Span<byte> message = buffer.Slice(LengthSize, length + NoiseCipher.TagSize);
        if (!cipher.TryEncrypt(message[..length], message, out int written))
        {
            return -1;
        }

        if (cipher.Nonce % RekeyInterval == 0)
        {
            cipher.Rekey();
        }

        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)written);
        output.Advance(LengthSize + written);
        return LengthSize + written;
    }
}
