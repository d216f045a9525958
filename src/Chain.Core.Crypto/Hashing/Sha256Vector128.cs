using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chain.Core.Crypto;

/// <summary>Four lanes of 128-bit vectors, which every 64-bit processor of today has, in portable C#.</summary>
internal readonly unsafe struct Sha256Vector128 : ISha256Lanes
{
    public static int Count => Vector128<uint>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(byte** blocks, uint* words)
    {
        unchecked
        {
            for (int lane = 0; lane < Vector128<uint>.Count; lane++)
            {
                uint* block = (uint*)blocks[lane];
                for (int t = 0; t < Sha256Constants.BlockWords; t++)
                {
                    uint word = Unsafe.ReadUnaligned<uint>(block + t);
                    words[(t * Vector128<uint>.Count) + lane] = Sha256Constants.BigEndian(word);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ShiftInByte(uint* words, byte prefix, uint* carry)
    {
        unchecked
        {
            var w = (Vector128<uint>*)words;
            Vector128<uint> left = Vector128.Create((uint)prefix);
            for (int i = 0; i < Sha256Constants.BlockWords; i++)
            {
                Vector128<uint> word = w[i];
                w[i] = (left << 24) | (word >>> 8);
                left = word;
            }

            *(Vector128<uint>*)carry = (left << 24) | Vector128.Create(0x00800000u);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(uint* words, uint* schedule)
    {
        unchecked
        {
            fixed (uint* constants = Sha256Constants.Round)
            {
                var w = (Vector128<uint>*)words;
                var s = (Vector128<uint>*)schedule;
                for (int t = 0; t < Sha256Constants.BlockWords; t++)
                {
                    s[t] = w[t] + Vector128.Create(constants[t]);
                }

                // The two words before the next stay in registers: the way through memory is the longest.
                Vector128<uint> first = w[14];
                Vector128<uint> second = w[15];
                for (int t = Sha256Constants.BlockWords; t < Sha256Constants.Rounds; t += 2)
                {
                    Vector128<uint> x = w[t - 15];
                    Vector128<uint> y = w[t - 14];
                    first = w[t - 16] + w[t - 7] + (((x >>> 7) ^ (x << 25)) ^ ((x >>> 18) ^ (x << 14)) ^ (x >>> 3))
                        + (((first >>> 17) ^ (first << 15)) ^ ((first >>> 19) ^ (first << 13)) ^ (first >>> 10));
                    second = x + w[t - 6] + (((y >>> 7) ^ (y << 25)) ^ ((y >>> 18) ^ (y << 14)) ^ (y >>> 3))
                        + (((second >>> 17) ^ (second << 15)) ^ ((second >>> 19) ^ (second << 13)) ^ (second >>> 10));
                    w[t] = first;
                    w[t + 1] = second;
                    s[t] = first + Vector128.Create(constants[t]);
                    s[t + 1] = second + Vector128.Create(constants[t + 1]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rounds(uint* schedule, uint* state)
    {
        unchecked
        {
            var s = (Vector128<uint>*)state;
            Vector128<uint> a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], t;
            Vector128<uint> ab, bc = b ^ c;
            var end = (Vector128<uint>*)schedule + Sha256Constants.Rounds;
            for (var w = (Vector128<uint>*)schedule; w < end; w += 8)
            {
                t = h + w[0] + (g ^ (e & (f ^ g))) + (((e >>> 6) ^ (e << 26)) ^ ((e >>> 11) ^ (e << 21)) ^ ((e >>> 25) ^ (e << 7)));
                d += t;
                ab = a ^ b;
                h = t + (b ^ (ab & bc)) + (((a >>> 2) ^ (a << 30)) ^ ((a >>> 13) ^ (a << 19)) ^ ((a >>> 22) ^ (a << 10)));

                t = g + w[1] + (f ^ (d & (e ^ f))) + (((d >>> 6) ^ (d << 26)) ^ ((d >>> 11) ^ (d << 21)) ^ ((d >>> 25) ^ (d << 7)));
                c += t;
                bc = h ^ a;
                g = t + (a ^ (ab & bc)) + (((h >>> 2) ^ (h << 30)) ^ ((h >>> 13) ^ (h << 19)) ^ ((h >>> 22) ^ (h << 10)));

                t = f + w[2] + (e ^ (c & (d ^ e))) + (((c >>> 6) ^ (c << 26)) ^ ((c >>> 11) ^ (c << 21)) ^ ((c >>> 25) ^ (c << 7)));
                b += t;
                ab = g ^ h;
                f = t + (h ^ (ab & bc)) + (((g >>> 2) ^ (g << 30)) ^ ((g >>> 13) ^ (g << 19)) ^ ((g >>> 22) ^ (g << 10)));

                t = e + w[3] + (d ^ (b & (c ^ d))) + (((b >>> 6) ^ (b << 26)) ^ ((b >>> 11) ^ (b << 21)) ^ ((b >>> 25) ^ (b << 7)));
                a += t;
                bc = f ^ g;
                e = t + (g ^ (ab & bc)) + (((f >>> 2) ^ (f << 30)) ^ ((f >>> 13) ^ (f << 19)) ^ ((f >>> 22) ^ (f << 10)));

                t = d + w[4] + (c ^ (a & (b ^ c))) + (((a >>> 6) ^ (a << 26)) ^ ((a >>> 11) ^ (a << 21)) ^ ((a >>> 25) ^ (a << 7)));
                h += t;
                ab = e ^ f;
                d = t + (f ^ (ab & bc)) + (((e >>> 2) ^ (e << 30)) ^ ((e >>> 13) ^ (e << 19)) ^ ((e >>> 22) ^ (e << 10)));

                t = c + w[5] + (b ^ (h & (a ^ b))) + (((h >>> 6) ^ (h << 26)) ^ ((h >>> 11) ^ (h << 21)) ^ ((h >>> 25) ^ (h << 7)));
                g += t;
                bc = d ^ e;
                c = t + (e ^ (ab & bc)) + (((d >>> 2) ^ (d << 30)) ^ ((d >>> 13) ^ (d << 19)) ^ ((d >>> 22) ^ (d << 10)));

                t = b + w[6] + (a ^ (g & (h ^ a))) + (((g >>> 6) ^ (g << 26)) ^ ((g >>> 11) ^ (g << 21)) ^ ((g >>> 25) ^ (g << 7)));
                f += t;
                ab = c ^ d;
                b = t + (d ^ (ab & bc)) + (((c >>> 2) ^ (c << 30)) ^ ((c >>> 13) ^ (c << 19)) ^ ((c >>> 22) ^ (c << 10)));

                t = a + w[7] + (h ^ (f & (g ^ h))) + (((f >>> 6) ^ (f << 26)) ^ ((f >>> 11) ^ (f << 21)) ^ ((f >>> 25) ^ (f << 7)));
                e += t;
                bc = b ^ c;
                a = t + (c ^ (ab & bc)) + (((b >>> 2) ^ (b << 30)) ^ ((b >>> 13) ^ (b << 19)) ^ ((b >>> 22) ^ (b << 10)));
            }

            s[0] += a;
            s[1] += b;
            s[2] += c;
            s[3] += d;
            s[4] += e;
            s[5] += f;
            s[6] += g;
            s[7] += h;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(uint* state, byte* digests)
    {
        unchecked
        {
            for (int lane = 0; lane < Vector128<uint>.Count; lane++)
            {
                uint* digest = (uint*)(digests + (lane * Hash256.Size));
                for (int i = 0; i < Sha256Constants.StateWords; i++)
                {
                    Unsafe.WriteUnaligned(digest + i, Sha256Constants.BigEndian(state[(i * Vector128<uint>.Count) + lane]));
                }
            }
        }
    }
}
