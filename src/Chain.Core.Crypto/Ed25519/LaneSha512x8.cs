using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Crypto;

/// <summary>Eight lanes of SHA-512 (AVX-512).</summary>
internal readonly unsafe struct LaneSha512x8 : ILaneSha512
{
    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(ulong* state, byte** blocks)
    {
        unchecked
        {
            ulong* constants = LaneSha512.RoundConstants;
            Vector512<ulong> a = Vector512.LoadAligned(state);
            Vector512<ulong> b = Vector512.LoadAligned(state + 8);
            Vector512<ulong> c = Vector512.LoadAligned(state + 16);
            Vector512<ulong> d = Vector512.LoadAligned(state + 24);
            Vector512<ulong> e = Vector512.LoadAligned(state + 32);
            Vector512<ulong> f = Vector512.LoadAligned(state + 40);
            Vector512<ulong> g = Vector512.LoadAligned(state + 48);
            Vector512<ulong> h = Vector512.LoadAligned(state + 56);
            Words(blocks, 0, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3, out Vector512<ulong> w4, out Vector512<ulong> w5, out Vector512<ulong> w6, out Vector512<ulong> w7);
            Words(blocks, 64, out Vector512<ulong> w8, out Vector512<ulong> w9, out Vector512<ulong> w10, out Vector512<ulong> w11, out Vector512<ulong> w12, out Vector512<ulong> w13, out Vector512<ulong> w14, out Vector512<ulong> w15);
            for (int round = 0; ; round += 16)
            {
                h += Vector512.Create(constants[round]) + w0 + Avx512F.TernaryLogic(e, f, g, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(e, 14), Avx512F.RotateRight(e, 18), Avx512F.RotateRight(e, 41), 0x96);
                d += h;
                h += Avx512F.TernaryLogic(a, b, c, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(a, 28), Avx512F.RotateRight(a, 34), Avx512F.RotateRight(a, 39), 0x96);
                g += Vector512.Create(constants[round + 1]) + w1 + Avx512F.TernaryLogic(d, e, f, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(d, 14), Avx512F.RotateRight(d, 18), Avx512F.RotateRight(d, 41), 0x96);
                c += g;
                g += Avx512F.TernaryLogic(h, a, b, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(h, 28), Avx512F.RotateRight(h, 34), Avx512F.RotateRight(h, 39), 0x96);
                f += Vector512.Create(constants[round + 2]) + w2 + Avx512F.TernaryLogic(c, d, e, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(c, 14), Avx512F.RotateRight(c, 18), Avx512F.RotateRight(c, 41), 0x96);
                b += f;
                f += Avx512F.TernaryLogic(g, h, a, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(g, 28), Avx512F.RotateRight(g, 34), Avx512F.RotateRight(g, 39), 0x96);
                e += Vector512.Create(constants[round + 3]) + w3 + Avx512F.TernaryLogic(b, c, d, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(b, 14), Avx512F.RotateRight(b, 18), Avx512F.RotateRight(b, 41), 0x96);
                a += e;
                e += Avx512F.TernaryLogic(f, g, h, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(f, 28), Avx512F.RotateRight(f, 34), Avx512F.RotateRight(f, 39), 0x96);
                d += Vector512.Create(constants[round + 4]) + w4 + Avx512F.TernaryLogic(a, b, c, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(a, 14), Avx512F.RotateRight(a, 18), Avx512F.RotateRight(a, 41), 0x96);
                h += d;
                d += Avx512F.TernaryLogic(e, f, g, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(e, 28), Avx512F.RotateRight(e, 34), Avx512F.RotateRight(e, 39), 0x96);
                c += Vector512.Create(constants[round + 5]) + w5 + Avx512F.TernaryLogic(h, a, b, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(h, 14), Avx512F.RotateRight(h, 18), Avx512F.RotateRight(h, 41), 0x96);
                g += c;
                c += Avx512F.TernaryLogic(d, e, f, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(d, 28), Avx512F.RotateRight(d, 34), Avx512F.RotateRight(d, 39), 0x96);
                b += Vector512.Create(constants[round + 6]) + w6 + Avx512F.TernaryLogic(g, h, a, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(g, 14), Avx512F.RotateRight(g, 18), Avx512F.RotateRight(g, 41), 0x96);
                f += b;
                b += Avx512F.TernaryLogic(c, d, e, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(c, 28), Avx512F.RotateRight(c, 34), Avx512F.RotateRight(c, 39), 0x96);
                a += Vector512.Create(constants[round + 7]) + w7 + Avx512F.TernaryLogic(f, g, h, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(f, 14), Avx512F.RotateRight(f, 18), Avx512F.RotateRight(f, 41), 0x96);
                e += a;
                a += Avx512F.TernaryLogic(b, c, d, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(b, 28), Avx512F.RotateRight(b, 34), Avx512F.RotateRight(b, 39), 0x96);
                h += Vector512.Create(constants[round + 8]) + w8 + Avx512F.TernaryLogic(e, f, g, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(e, 14), Avx512F.RotateRight(e, 18), Avx512F.RotateRight(e, 41), 0x96);
                d += h;
                h += Avx512F.TernaryLogic(a, b, c, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(a, 28), Avx512F.RotateRight(a, 34), Avx512F.RotateRight(a, 39), 0x96);
                g += Vector512.Create(constants[round + 9]) + w9 + Avx512F.TernaryLogic(d, e, f, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(d, 14), Avx512F.RotateRight(d, 18), Avx512F.RotateRight(d, 41), 0x96);
                c += g;
                g += Avx512F.TernaryLogic(h, a, b, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(h, 28), Avx512F.RotateRight(h, 34), Avx512F.RotateRight(h, 39), 0x96);
                f += Vector512.Create(constants[round + 10]) + w10 + Avx512F.TernaryLogic(c, d, e, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(c, 14), Avx512F.RotateRight(c, 18), Avx512F.RotateRight(c, 41), 0x96);
                b += f;
                f += Avx512F.TernaryLogic(g, h, a, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(g, 28), Avx512F.RotateRight(g, 34), Avx512F.RotateRight(g, 39), 0x96);
                e += Vector512.Create(constants[round + 11]) + w11 + Avx512F.TernaryLogic(b, c, d, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(b, 14), Avx512F.RotateRight(b, 18), Avx512F.RotateRight(b, 41), 0x96);
                a += e;
                e += Avx512F.TernaryLogic(f, g, h, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(f, 28), Avx512F.RotateRight(f, 34), Avx512F.RotateRight(f, 39), 0x96);
                d += Vector512.Create(constants[round + 12]) + w12 + Avx512F.TernaryLogic(a, b, c, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(a, 14), Avx512F.RotateRight(a, 18), Avx512F.RotateRight(a, 41), 0x96);
                h += d;
                d += Avx512F.TernaryLogic(e, f, g, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(e, 28), Avx512F.RotateRight(e, 34), Avx512F.RotateRight(e, 39), 0x96);
                c += Vector512.Create(constants[round + 13]) + w13 + Avx512F.TernaryLogic(h, a, b, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(h, 14), Avx512F.RotateRight(h, 18), Avx512F.RotateRight(h, 41), 0x96);
                g += c;
                c += Avx512F.TernaryLogic(d, e, f, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(d, 28), Avx512F.RotateRight(d, 34), Avx512F.RotateRight(d, 39), 0x96);
                b += Vector512.Create(constants[round + 14]) + w14 + Avx512F.TernaryLogic(g, h, a, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(g, 14), Avx512F.RotateRight(g, 18), Avx512F.RotateRight(g, 41), 0x96);
                f += b;
                b += Avx512F.TernaryLogic(c, d, e, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(c, 28), Avx512F.RotateRight(c, 34), Avx512F.RotateRight(c, 39), 0x96);
                a += Vector512.Create(constants[round + 15]) + w15 + Avx512F.TernaryLogic(f, g, h, 0xCA) + Avx512F.TernaryLogic(Avx512F.RotateRight(f, 14), Avx512F.RotateRight(f, 18), Avx512F.RotateRight(f, 41), 0x96);
                e += a;
                a += Avx512F.TernaryLogic(b, c, d, 0xE8) + Avx512F.TernaryLogic(Avx512F.RotateRight(b, 28), Avx512F.RotateRight(b, 34), Avx512F.RotateRight(b, 39), 0x96);
                if (round == 64)
                {
                    break;
                }

                w0 += w9 + Avx512F.TernaryLogic(Avx512F.RotateRight(w1, 1), Avx512F.RotateRight(w1, 8), w1 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w14, 19), Avx512F.RotateRight(w14, 61), w14 >> 6, 0x96);
                w1 += w10 + Avx512F.TernaryLogic(Avx512F.RotateRight(w2, 1), Avx512F.RotateRight(w2, 8), w2 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w15, 19), Avx512F.RotateRight(w15, 61), w15 >> 6, 0x96);
                w2 += w11 + Avx512F.TernaryLogic(Avx512F.RotateRight(w3, 1), Avx512F.RotateRight(w3, 8), w3 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w0, 19), Avx512F.RotateRight(w0, 61), w0 >> 6, 0x96);
                w3 += w12 + Avx512F.TernaryLogic(Avx512F.RotateRight(w4, 1), Avx512F.RotateRight(w4, 8), w4 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w1, 19), Avx512F.RotateRight(w1, 61), w1 >> 6, 0x96);
                w4 += w13 + Avx512F.TernaryLogic(Avx512F.RotateRight(w5, 1), Avx512F.RotateRight(w5, 8), w5 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w2, 19), Avx512F.RotateRight(w2, 61), w2 >> 6, 0x96);
                w5 += w14 + Avx512F.TernaryLogic(Avx512F.RotateRight(w6, 1), Avx512F.RotateRight(w6, 8), w6 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w3, 19), Avx512F.RotateRight(w3, 61), w3 >> 6, 0x96);
                w6 += w15 + Avx512F.TernaryLogic(Avx512F.RotateRight(w7, 1), Avx512F.RotateRight(w7, 8), w7 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w4, 19), Avx512F.RotateRight(w4, 61), w4 >> 6, 0x96);
                w7 += w0 + Avx512F.TernaryLogic(Avx512F.RotateRight(w8, 1), Avx512F.RotateRight(w8, 8), w8 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w5, 19), Avx512F.RotateRight(w5, 61), w5 >> 6, 0x96);
                w8 += w1 + Avx512F.TernaryLogic(Avx512F.RotateRight(w9, 1), Avx512F.RotateRight(w9, 8), w9 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w6, 19), Avx512F.RotateRight(w6, 61), w6 >> 6, 0x96);
                w9 += w2 + Avx512F.TernaryLogic(Avx512F.RotateRight(w10, 1), Avx512F.RotateRight(w10, 8), w10 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w7, 19), Avx512F.RotateRight(w7, 61), w7 >> 6, 0x96);
                w10 += w3 + Avx512F.TernaryLogic(Avx512F.RotateRight(w11, 1), Avx512F.RotateRight(w11, 8), w11 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w8, 19), Avx512F.RotateRight(w8, 61), w8 >> 6, 0x96);
                w11 += w4 + Avx512F.TernaryLogic(Avx512F.RotateRight(w12, 1), Avx512F.RotateRight(w12, 8), w12 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w9, 19), Avx512F.RotateRight(w9, 61), w9 >> 6, 0x96);
                w12 += w5 + Avx512F.TernaryLogic(Avx512F.RotateRight(w13, 1), Avx512F.RotateRight(w13, 8), w13 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w10, 19), Avx512F.RotateRight(w10, 61), w10 >> 6, 0x96);
                w13 += w6 + Avx512F.TernaryLogic(Avx512F.RotateRight(w14, 1), Avx512F.RotateRight(w14, 8), w14 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w11, 19), Avx512F.RotateRight(w11, 61), w11 >> 6, 0x96);
                w14 += w7 + Avx512F.TernaryLogic(Avx512F.RotateRight(w15, 1), Avx512F.RotateRight(w15, 8), w15 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w12, 19), Avx512F.RotateRight(w12, 61), w12 >> 6, 0x96);
                w15 += w8 + Avx512F.TernaryLogic(Avx512F.RotateRight(w0, 1), Avx512F.RotateRight(w0, 8), w0 >> 7, 0x96) + Avx512F.TernaryLogic(Avx512F.RotateRight(w13, 19), Avx512F.RotateRight(w13, 61), w13 >> 6, 0x96);
            }

            (a + Vector512.LoadAligned(state)).StoreAligned(state);
            (b + Vector512.LoadAligned(state + 8)).StoreAligned(state + 8);
            (c + Vector512.LoadAligned(state + 16)).StoreAligned(state + 16);
            (d + Vector512.LoadAligned(state + 24)).StoreAligned(state + 24);
            (e + Vector512.LoadAligned(state + 32)).StoreAligned(state + 32);
            (f + Vector512.LoadAligned(state + 40)).StoreAligned(state + 40);
            (g + Vector512.LoadAligned(state + 48)).StoreAligned(state + 48);
            (h + Vector512.LoadAligned(state + 56)).StoreAligned(state + 56);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Words(
        byte** blocks,
        int offset,
        out Vector512<ulong> w0,
        out Vector512<ulong> w1,
        out Vector512<ulong> w2,
        out Vector512<ulong> w3,
        out Vector512<ulong> w4,
        out Vector512<ulong> w5,
        out Vector512<ulong> w6,
        out Vector512<ulong> w7)
    {
        // The transpose of eight words of eight lanes, in halves of four words; then the bytes of each word in reverse.
        Half(blocks, offset, out w0, out w1, out w2, out w3);
        Half(blocks, offset + 32, out w4, out w5, out w6, out w7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(
        byte** blocks, int offset, out Vector512<ulong> w0, out Vector512<ulong> w1, out Vector512<ulong> w2, out Vector512<ulong> w3)
    {
        Vector512<ulong> a = Rows(blocks, 0, 2, offset), b = Rows(blocks, 1, 3, offset);
        Vector512<ulong> c = Rows(blocks, 4, 6, offset), d = Rows(blocks, 5, 7, offset);
        Vector512<ulong> even = Avx512F.UnpackLow(a, b), evenHigh = Avx512F.UnpackLow(c, d);
        Vector512<ulong> odd = Avx512F.UnpackHigh(a, b), oddHigh = Avx512F.UnpackHigh(c, d);
        w0 = Avx512F.Shuffle4x128(even, evenHigh, 0x88);
        w1 = Avx512F.Shuffle4x128(odd, oddHigh, 0x88);
        w2 = Avx512F.Shuffle4x128(even, evenHigh, 0xDD);
        w3 = Avx512F.Shuffle4x128(odd, oddHigh, 0xDD);
    }

    /// <summary>Four words of two lanes, as numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Rows(byte** blocks, int low, int high, int offset)
    {
        Vector512<byte> bytes = Vector512.Create(
            Vector256.Load(unchecked(blocks[low] + offset)), Vector256.Load(unchecked(blocks[high] + offset)));
        Vector512<byte> reverse = Vector512.Create(0x0001020304050607UL, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F).AsByte();
        return Avx512BW.Shuffle(bytes, reverse).AsUInt64();
    }
}
