using System.Buffers.Binary;
using Chain.Core.Machines;

namespace Chain.Core.Fuzz;

/// <summary>Makes an input from others: some of the changes that have found faults elsewhere, stacked.</summary>
internal sealed class Mutator(DeterministicRandom random, FuzzTarget target)
{
    private const int MaxStacked = 6;
    private const int MaxBlock = 256;

    private static readonly ulong[] Interesting =
    [
        0, 1, 2, 3, 15, 16, 31, 32, 33, 55, 56, 63, 64, 65, 80, 127, 128, 129, 255, 256, 257, 511, 512, 1023, 1024, 4095, 4096,
        0x7fff, 0x8000, 0xfffe, 0xffff, 0x1_0000, 0x1_0001, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
        0x1_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_fffe, ulong.MaxValue,
    ];

    /// <summary>Heads of the canonical form, each of which changes what the bytes behind it mean.</summary>
    private static readonly byte[] Heads =
        [0x80, 0x90, 0x91, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd9, 0xda, 0xdb, 0xdc, 0xdd];

    public byte[] Mutate(byte[] parent, Func<byte[]> other)
    {
        byte[] input = parent;
        int changes = 1 + random.NextIndex(MaxStacked);
        for (int i = 0; i < changes; i++)
        {
            input = MutateOnce(input, other);
        }

        return input.Length <= target.MaxLength ? input : input[..target.MaxLength];
    }

    private byte[] MutateOnce(byte[] input, Func<byte[]> other) => input.Length == 0
        ? Insert(input, RandomBytes(1 + random.NextIndex(MaxBlock)))
        : random.NextIndex(16) switch
        {
            0 or 1 => FlipBit(input),
            2 => Replace(input, [(byte)random.NextIndex(256)]),
            3 => Replace(input, [Heads[random.NextIndex(Heads.Length)]]),
            4 or 5 => Replace(input, Number()),
            6 => AddSmall(input),
            7 => Delete(input),
            8 => Insert(input, RandomBytes(1 + random.NextIndex(16))),
            9 => Insert(input, Block(input)),
            10 => Replace(input, Block(input)),
            11 => Insert(input, Token(input)),
            12 => Replace(input, Token(input)),
            13 => Splice(input, other()),
            14 => Replace(input, Block(other())),
            _ => ChangeLength(input),
        };

    private byte[] FlipBit(byte[] input)
    {
        byte[] changed = (byte[])input.Clone();
        changed[random.NextIndex(changed.Length)] ^= (byte)(1 << random.NextIndex(8));
        return changed;
    }

    /// <summary>A number that lies at an edge, in one of the widths and orders.</summary>
    private byte[] Number()
    {
        ulong value = Interesting[random.NextIndex(Interesting.Length)];
        byte[] bytes = new byte[sizeof(ulong)];
        int width = 1 << random.NextIndex(4);
        if (random.NextIndex(2) == 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return bytes[..width];
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[^width..];
    }

    private byte[] AddSmall(byte[] input)
    {
        byte[] changed = (byte[])input.Clone();
        int at = random.NextIndex(changed.Length);
        changed[at] = unchecked((byte)(changed[at] + random.NextIndex(33) - 16));
        return changed;
    }

    private byte[] Delete(byte[] input)
    {
        int start = random.NextIndex(input.Length);
        int length = random.NextIndex(4) == 0 ? input.Length - start : 1 + random.NextIndex(Math.Min(MaxBlock, input.Length - start));
        return [.. input.AsSpan(0, start), .. input.AsSpan(start + length)];
    }

    private byte[] Insert(byte[] input, byte[] block)
    {
        int at = random.NextIndex(input.Length + 1);
        return [.. input.AsSpan(0, at), .. block, .. input.AsSpan(at)];
    }

    private byte[] Replace(byte[] input, byte[] block)
    {
        if (input.Length == 0 || block.Length == 0)
        {
            return input;
        }

        byte[] changed = (byte[])input.Clone();
        int at = random.NextIndex(changed.Length);
        block.AsSpan(0, Math.Min(block.Length, changed.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }

    /// <summary>The start of one and the end of another.</summary>
    private byte[] Splice(byte[] input, byte[] other)
    {
        int end = random.NextIndex(input.Length + 1);
        int start = random.NextIndex(other.Length + 1);
        return [.. input.AsSpan(0, end), .. other.AsSpan(start)];
    }

    /// <summary>Changes a byte that follows a head with a length, or one of the first bytes, where lengths often stand.</summary>
    private byte[] ChangeLength(byte[] input)
    {
        byte[] changed = (byte[])input.Clone();
        int at = random.NextIndex(changed.Length);
        int head = changed.AsSpan(at).IndexOfAny((byte)0xc4, (byte)0xc5, (byte)0xdc);
        int place = head >= 0 && at + head + 1 < changed.Length ? at + head + 1 : random.NextIndex(Math.Min(changed.Length, 8));
        changed[place] = unchecked((byte)(changed[place] + (random.NextIndex(2) == 0 ? 1 : -1)));
        return changed;
    }

    private byte[] Block(byte[] input)
    {
        if (input.Length == 0)
        {
            return [];
        }

        int start = random.NextIndex(input.Length);
        return input[start..(start + 1 + random.NextIndex(Math.Min(MaxBlock, input.Length - start)))];
    }

    private byte[] Token(byte[] input) => target.Tokens.Count == 0 ? Block(input) : target.Tokens[random.NextIndex(target.Tokens.Count)];

    private byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.NextIndex(256);
        }

        return bytes;
    }
}
