using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using static System.Numerics.BitOperations;

namespace Chain.Core.Crypto;

/// <summary>One lane, in plain C#.</summary>
internal readonly unsafe struct Sha256Scalar : ISha256Lanes
{
    public static int Count => 1;

    public static void Load(byte** blocks, uint* words)
    {
        var block = new ReadOnlySpan<uint>(*blocks, Sha256Constants.BlockWords);
        var destination = new Span<uint>(words, Sha256Constants.BlockWords);
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(block, destination);
        }
        else
        {
            block.CopyTo(destination);
        }
    }

    public static void ShiftInByte(uint* words, byte prefix, uint* carry)
    {
        uint left = prefix;
        for (int t = 0; t < Sha256Constants.BlockWords; t++)
        {
            uint word = words[t];
            words[t] = (left << 24) | (word >> 8);
            left = word;
        }

        *carry = (left << 24) | 0x00800000;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(uint* words, uint* schedule)
    {
        unchecked
        {
            fixed (uint* constants = Sha256Constants.Round)
            {
                for (int t = 0; t < Sha256Constants.BlockWords; t++)
                {
                    schedule[t] = words[t] + constants[t];
                }

                // The two words before the next stay in registers: the way through memory is the longest.
                uint first = words[14];
                uint second = words[15];
                for (int t = Sha256Constants.BlockWords; t < Sha256Constants.Rounds; t += 2)
                {
                    uint x = words[t - 15];
                    uint y = words[t - 14];
                    first = words[t - 16] + words[t - 7] + (RotateRight(x, 7) ^ RotateRight(x, 18) ^ (x >> 3))
                        + (RotateRight(first, 17) ^ RotateRight(first, 19) ^ (first >> 10));
                    second = x + words[t - 6] + (RotateRight(y, 7) ^ RotateRight(y, 18) ^ (y >> 3))
                        + (RotateRight(second, 17) ^ RotateRight(second, 19) ^ (second >> 10));
                    words[t] = first;
                    words[t + 1] = second;
                    schedule[t] = first + constants[t];
                    schedule[t + 1] = second + constants[t + 1];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rounds(uint* schedule, uint* state)
    {
        unchecked
        {
            uint a = state[0], b = state[1], c = state[2], d = state[3];
            uint e = state[4], f = state[5], g = state[6], h = state[7], t;
            uint ab, bc = b ^ c;
            uint* end = schedule + Sha256Constants.Rounds;
            for (uint* w = schedule; w < end; w += 8)
            {
                t = h + w[0] + (g ^ (e & (f ^ g)));
                t += RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
                d += t;
                ab = a ^ b;
                h = t + (b ^ (ab & bc)) + (RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22));

                t = g + w[1] + (f ^ (d & (e ^ f)));
                t += RotateRight(d, 6) ^ RotateRight(d, 11) ^ RotateRight(d, 25);
                c += t;
                bc = h ^ a;
                g = t + (a ^ (ab & bc)) + (RotateRight(h, 2) ^ RotateRight(h, 13) ^ RotateRight(h, 22));

                t = f + w[2] + (e ^ (c & (d ^ e)));
                t += RotateRight(c, 6) ^ RotateRight(c, 11) ^ RotateRight(c, 25);
                b += t;
                ab = g ^ h;
                f = t + (h ^ (ab & bc)) + (RotateRight(g, 2) ^ RotateRight(g, 13) ^ RotateRight(g, 22));

                t = e + w[3] + (d ^ (b & (c ^ d)));
                t += RotateRight(b, 6) ^ RotateRight(b, 11) ^ RotateRight(b, 25);
                a += t;
                bc = f ^ g;
                e = t + (g ^ (ab & bc)) + (RotateRight(f, 2) ^ RotateRight(f, 13) ^ RotateRight(f, 22));

                t = d + w[4] + (c ^ (a & (b ^ c)));
                t += RotateRight(a, 6) ^ RotateRight(a, 11) ^ RotateRight(a, 25);
                h += t;
                ab = e ^ f;
                d = t + (f ^ (ab & bc)) + (RotateRight(e, 2) ^ RotateRight(e, 13) ^ RotateRight(e, 22));

                t = c + w[5] + (b ^ (h & (a ^ b)));
                t += RotateRight(h, 6) ^ RotateRight(h, 11) ^ RotateRight(h, 25);
                g += t;
                bc = d ^ e;
                c = t + (e ^ (ab & bc)) + (RotateRight(d, 2) ^ RotateRight(d, 13) ^ RotateRight(d, 22));

                t = b + w[6] + (a ^ (g & (h ^ a)));
                t += RotateRight(g, 6) ^ RotateRight(g, 11) ^ RotateRight(g, 25);
                f += t;
                ab = c ^ d;
                b = t + (d ^ (ab & bc)) + (RotateRight(c, 2) ^ RotateRight(c, 13) ^ RotateRight(c, 22));

                t = a + w[7] + (h ^ (f & (g ^ h)));
                t += RotateRight(f, 6) ^ RotateRight(f, 11) ^ RotateRight(f, 25);
                e += t;
                bc = b ^ c;
                a = t + (c ^ (ab & bc)) + (RotateRight(b, 2) ^ RotateRight(b, 13) ^ RotateRight(b, 22));
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }

    public static void Store(uint* state, byte* digests)
    {
        var words = new ReadOnlySpan<uint>(state, Sha256Constants.StateWords);
        var destination = new Span<uint>(digests, Sha256Constants.StateWords);
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, destination);
        }
        else
        {
            words.CopyTo(destination);
        }
    }
}
