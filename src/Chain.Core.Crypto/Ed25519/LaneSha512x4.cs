using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <summary>Four lanes of SHA-512 (AVX2).</summary>
internal readonly unsafe struct LaneSha512x4 : ILaneSha512
{
    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ulong* state, byte** blocks)
    {
        unchecked
        {
            ulong* constants = LaneSha512.RoundConstants;
            Vector256<ulong> a = Vector256.LoadAligned(state);
            Vector256<ulong> b = Vector256.LoadAligned(state + 4);
            Vector256<ulong> c = Vector256.LoadAligned(state + 8);
            Vector256<ulong> d = Vector256.LoadAligned(state + 12);
            Vector256<ulong> e = Vector256.LoadAligned(state + 16);
            Vector256<ulong> f = Vector256.LoadAligned(state + 20);
            Vector256<ulong> g = Vector256.LoadAligned(state + 24);
            Vector256<ulong> h = Vector256.LoadAligned(state + 28);
            Words(blocks, 0, out Vector256<ulong> w0, out Vector256<ulong> w1, out Vector256<ulong> w2, out Vector256<ulong> w3);
            Words(blocks, 32, out Vector256<ulong> w4, out Vector256<ulong> w5, out Vector256<ulong> w6, out Vector256<ulong> w7);
            Words(blocks, 64, out Vector256<ulong> w8, out Vector256<ulong> w9, out Vector256<ulong> w10, out Vector256<ulong> w11);
            Words(blocks, 96, out Vector256<ulong> w12, out Vector256<ulong> w13, out Vector256<ulong> w14, out Vector256<ulong> w15);
            for (int round = 0; ; round += 16)
            {
                h += Vector256.Create(constants[round]) + w0 + (g ^ (e & (f ^ g))) + (((e >> 14) | (e << 50)) ^ ((e >> 18) | (e << 46)) ^ ((e >> 41) | (e << 23)));
                d += h;
                h += ((a & b) | (c & (a | b))) + (((a >> 28) | (a << 36)) ^ ((a >> 34) | (a << 30)) ^ ((a >> 39) | (a << 25)));
                g += Vector256.Create(constants[round + 1]) + w1 + (f ^ (d & (e ^ f))) + (((d >> 14) | (d << 50)) ^ ((d >> 18) | (d << 46)) ^ ((d >> 41) | (d << 23)));
                c += g;
                g += ((h & a) | (b & (h | a))) + (((h >> 28) | (h << 36)) ^ ((h >> 34) | (h << 30)) ^ ((h >> 39) | (h << 25)));
                f += Vector256.Create(constants[round + 2]) + w2 + (e ^ (c & (d ^ e))) + (((c >> 14) | (c << 50)) ^ ((c >> 18) | (c << 46)) ^ ((c >> 41) | (c << 23)));
                b += f;
                f += ((g & h) | (a & (g | h))) + (((g >> 28) | (g << 36)) ^ ((g >> 34) | (g << 30)) ^ ((g >> 39) | (g << 25)));
                e += Vector256.Create(constants[round + 3]) + w3 + (d ^ (b & (c ^ d))) + (((b >> 14) | (b << 50)) ^ ((b >> 18) | (b << 46)) ^ ((b >> 41) | (b << 23)));
                a += e;
                e += ((f & g) | (h & (f | g))) + (((f >> 28) | (f << 36)) ^ ((f >> 34) | (f << 30)) ^ ((f >> 39) | (f << 25)));
                d += Vector256.Create(constants[round + 4]) + w4 + (c ^ (a & (b ^ c))) + (((a >> 14) | (a << 50)) ^ ((a >> 18) | (a << 46)) ^ ((a >> 41) | (a << 23)));
                h += d;
                d += ((e & f) | (g & (e | f))) + (((e >> 28) | (e << 36)) ^ ((e >> 34) | (e << 30)) ^ ((e >> 39) | (e << 25)));
                c += Vector256.Create(constants[round + 5]) + w5 + (b ^ (h & (a ^ b))) + (((h >> 14) | (h << 50)) ^ ((h >> 18) | (h << 46)) ^ ((h >> 41) | (h << 23)));
                g += c;
                c += ((d & e) | (f & (d | e))) + (((d >> 28) | (d << 36)) ^ ((d >> 34) | (d << 30)) ^ ((d >> 39) | (d << 25)));
                b += Vector256.Create(constants[round + 6]) + w6 + (a ^ (g & (h ^ a))) + (((g >> 14) | (g << 50)) ^ ((g >> 18) | (g << 46)) ^ ((g >> 41) | (g << 23)));
                f += b;
                b += ((c & d) | (e & (c | d))) + (((c >> 28) | (c << 36)) ^ ((c >> 34) | (c << 30)) ^ ((c >> 39) | (c << 25)));
                a += Vector256.Create(constants[round + 7]) + w7 + (h ^ (f & (g ^ h))) + (((f >> 14) | (f << 50)) ^ ((f >> 18) | (f << 46)) ^ ((f >> 41) | (f << 23)));
                e += a;
                a += ((b & c) | (d & (b | c))) + (((b >> 28) | (b << 36)) ^ ((b >> 34) | (b << 30)) ^ ((b >> 39) | (b << 25)));
                h += Vector256.Create(constants[round + 8]) + w8 + (g ^ (e & (f ^ g))) + (((e >> 14) | (e << 50)) ^ ((e >> 18) | (e << 46)) ^ ((e >> 41) | (e << 23)));
                d += h;
                h += ((a & b) | (c & (a | b))) + (((a >> 28) | (a << 36)) ^ ((a >> 34) | (a << 30)) ^ ((a >> 39) | (a << 25)));
                g += Vector256.Create(constants[round + 9]) + w9 + (f ^ (d & (e ^ f))) + (((d >> 14) | (d << 50)) ^ ((d >> 18) | (d << 46)) ^ ((d >> 41) | (d << 23)));
                c += g;
                g += ((h & a) | (b & (h | a))) + (((h >> 28) | (h << 36)) ^ ((h >> 34) | (h << 30)) ^ ((h >> 39) | (h << 25)));
                f += Vector256.Create(constants[round + 10]) + w10 + (e ^ (c & (d ^ e))) + (((c >> 14) | (c << 50)) ^ ((c >> 18) | (c << 46)) ^ ((c >> 41) | (c << 23)));
                b += f;
                f += ((g & h) | (a & (g | h))) + (((g >> 28) | (g << 36)) ^ ((g >> 34) | (g << 30)) ^ ((g >> 39) | (g << 25)));
                e += Vector256.Create(constants[round + 11]) + w11 + (d ^ (b & (c ^ d))) + (((b >> 14) | (b << 50)) ^ ((b >> 18) | (b << 46)) ^ ((b >> 41) | (b << 23)));
                a += e;
                e += ((f & g) | (h & (f | g))) + (((f >> 28) | (f << 36)) ^ ((f >> 34) | (f << 30)) ^ ((f >> 39) | (f << 25)));
                d += Vector256.Create(constants[round + 12]) + w12 + (c ^ (a & (b ^ c))) + (((a >> 14) | (a << 50)) ^ ((a >> 18) | (a << 46)) ^ ((a >> 41) | (a << 23)));
                h += d;
                d += ((e & f) | (g & (e | f))) + (((e >> 28) | (e << 36)) ^ ((e >> 34) | (e << 30)) ^ ((e >> 39) | (e << 25)));
                c += Vector256.Create(constants[round + 13]) + w13 + (b ^ (h & (a ^ b))) + (((h >> 14) | (h << 50)) ^ ((h >> 18) | (h << 46)) ^ ((h >> 41) | (h << 23)));
                g += c;
                c += ((d & e) | (f & (d | e))) + (((d >> 28) | (d << 36)) ^ ((d >> 34) | (d << 30)) ^ ((d >> 39) | (d << 25)));
                b += Vector256.Create(constants[round + 14]) + w14 + (a ^ (g & (h ^ a))) + (((g >> 14) | (g << 50)) ^ ((g >> 18) | (g << 46)) ^ ((g >> 41) | (g << 23)));
                f += b;
                b += ((c & d) | (e & (c | d))) + (((c >> 28) | (c << 36)) ^ ((c >> 34) | (c << 30)) ^ ((c >> 39) | (c << 25)));
                a += Vector256.Create(constants[round + 15]) + w15 + (h ^ (f & (g ^ h))) + (((f >> 14) | (f << 50)) ^ ((f >> 18) | (f << 46)) ^ ((f >> 41) | (f << 23)));
                e += a;
                a += ((b & c) | (d & (b | c))) + (((b >> 28) | (b << 36)) ^ ((b >> 34) | (b << 30)) ^ ((b >> 39) | (b << 25)));
                if (round == 64)
                {
                    break;
                }

                w0 += w9 + (((w1 >> 1) | (w1 << 63)) ^ ((w1 >> 8) | (w1 << 56)) ^ (w1 >> 7)) + (((w14 >> 19) | (w14 << 45)) ^ ((w14 >> 61) | (w14 << 3)) ^ (w14 >> 6));
                w1 += w10 + (((w2 >> 1) | (w2 << 63)) ^ ((w2 >> 8) | (w2 << 56)) ^ (w2 >> 7)) + (((w15 >> 19) | (w15 << 45)) ^ ((w15 >> 61) | (w15 << 3)) ^ (w15 >> 6));
                w2 += w11 + (((w3 >> 1) | (w3 << 63)) ^ ((w3 >> 8) | (w3 << 56)) ^ (w3 >> 7)) + (((w0 >> 19) | (w0 << 45)) ^ ((w0 >> 61) | (w0 << 3)) ^ (w0 >> 6));
                w3 += w12 + (((w4 >> 1) | (w4 << 63)) ^ ((w4 >> 8) | (w4 << 56)) ^ (w4 >> 7)) + (((w1 >> 19) | (w1 << 45)) ^ ((w1 >> 61) | (w1 << 3)) ^ (w1 >> 6));
                w4 += w13 + (((w5 >> 1) | (w5 << 63)) ^ ((w5 >> 8) | (w5 << 56)) ^ (w5 >> 7)) + (((w2 >> 19) | (w2 << 45)) ^ ((w2 >> 61) | (w2 << 3)) ^ (w2 >> 6));
                w5 += w14 + (((w6 >> 1) | (w6 << 63)) ^ ((w6 >> 8) | (w6 << 56)) ^ (w6 >> 7)) + (((w3 >> 19) | (w3 << 45)) ^ ((w3 >> 61) | (w3 << 3)) ^ (w3 >> 6));
                w6 += w15 + (((w7 >> 1) | (w7 << 63)) ^ ((w7 >> 8) | (w7 << 56)) ^ (w7 >> 7)) + (((w4 >> 19) | (w4 << 45)) ^ ((w4 >> 61) | (w4 << 3)) ^ (w4 >> 6));
                w7 += w0 + (((w8 >> 1) | (w8 << 63)) ^ ((w8 >> 8) | (w8 << 56)) ^ (w8 >> 7)) + (((w5 >> 19) | (w5 << 45)) ^ ((w5 >> 61) | (w5 << 3)) ^ (w5 >> 6));
                w8 += w1 + (((w9 >> 1) | (w9 << 63)) ^ ((w9 >> 8) | (w9 << 56)) ^ (w9 >> 7)) + (((w6 >> 19) | (w6 << 45)) ^ ((w6 >> 61) | (w6 << 3)) ^ (w6 >> 6));
                w9 += w2 + (((w10 >> 1) | (w10 << 63)) ^ ((w10 >> 8) | (w10 << 56)) ^ (w10 >> 7)) + (((w7 >> 19) | (w7 << 45)) ^ ((w7 >> 61) | (w7 << 3)) ^ (w7 >> 6));
                w10 += w3 + (((w11 >> 1) | (w11 << 63)) ^ ((w11 >> 8) | (w11 << 56)) ^ (w11 >> 7)) + (((w8 >> 19) | (w8 << 45)) ^ ((w8 >> 61) | (w8 << 3)) ^ (w8 >> 6));
                w11 += w4 + (((w12 >> 1) | (w12 << 63)) ^ ((w12 >> 8) | (w12 << 56)) ^ (w12 >> 7)) + (((w9 >> 19) | (w9 << 45)) ^ ((w9 >> 61) | (w9 << 3)) ^ (w9 >> 6));
                w12 += w5 + (((w13 >> 1) | (w13 << 63)) ^ ((w13 >> 8) | (w13 << 56)) ^ (w13 >> 7)) + (((w10 >> 19) | (w10 << 45)) ^ ((w10 >> 61) | (w10 << 3)) ^ (w10 >> 6));
                w13 += w6 + (((w14 >> 1) | (w14 << 63)) ^ ((w14 >> 8) | (w14 << 56)) ^ (w14 >> 7)) + (((w11 >> 19) | (w11 << 45)) ^ ((w11 >> 61) | (w11 << 3)) ^ (w11 >> 6));
                w14 += w7 + (((w15 >> 1) | (w15 << 63)) ^ ((w15 >> 8) | (w15 << 56)) ^ (w15 >> 7)) + (((w12 >> 19) | (w12 << 45)) ^ ((w12 >> 61) | (w12 << 3)) ^ (w12 >> 6));
                w15 += w8 + (((w0 >> 1) | (w0 << 63)) ^ ((w0 >> 8) | (w0 << 56)) ^ (w0 >> 7)) + (((w13 >> 19) | (w13 << 45)) ^ ((w13 >> 61) | (w13 << 3)) ^ (w13 >> 6));
            }

            (a + Vector256.LoadAligned(state)).StoreAligned(state);
            (b + Vector256.LoadAligned(state + 4)).StoreAligned(state + 4);
            (c + Vector256.LoadAligned(state + 8)).StoreAligned(state + 8);
            (d + Vector256.LoadAligned(state + 12)).StoreAligned(state + 12);
            (e + Vector256.LoadAligned(state + 16)).StoreAligned(state + 16);
            (f + Vector256.LoadAligned(state + 20)).StoreAligned(state + 20);
            (g + Vector256.LoadAligned(state + 24)).StoreAligned(state + 24);
            (h + Vector256.LoadAligned(state + 28)).StoreAligned(state + 28);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Words(
        byte** blocks,
        int offset,
        out Vector256<ulong> w0,
        out Vector256<ulong> w1,
        out Vector256<ulong> w2,
        out Vector256<ulong> w3)
    {
        // The transpose of four words of four lanes.
        Vector256<ulong> a = Rows(blocks, 0, 2, offset), b = Rows(blocks, 1, 3, offset);
        Vector256<ulong> c = Rows(blocks, 0, 2, offset + 16), d = Rows(blocks, 1, 3, offset + 16);
        w0 = Avx2.UnpackLow(a, b);
        w1 = Avx2.UnpackHigh(a, b);
        w2 = Avx2.UnpackLow(c, d);
        w3 = Avx2.UnpackHigh(c, d);
    }

    /// <summary>Two words of two lanes, as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rows(byte** blocks, int low, int high, int offset)
    {
        Vector256<byte> bytes = Vector256.Create(
            Vector128.Load(unchecked(blocks[low] + offset)), Vector128.Load(unchecked(blocks[high] + offset)));
        Vector256<byte> reverse = Vector256.Create(0x0001020304050607UL, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F).AsByte();
        return Avx2.Shuffle(bytes, reverse).AsUInt64();
    }
}
