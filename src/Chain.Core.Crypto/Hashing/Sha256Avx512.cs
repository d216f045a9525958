using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.X86.Avx512F;

namespace Chain.Core.Crypto;

/// <summary>Sixteen lanes of AVX-512, which has rotations and any Boolean function of three words.</summary>
/// <remarks>
/// The instructions stand in the methods themselves: as small inlined helpers they would use up the
/// compiler's inlining budget, and the rest would become calls, at five times the cost.
/// </remarks>
internal readonly unsafe struct Sha256Avx512 : ISha256Lanes
{
    // Truth tables of three inputs.
    private const byte Xor3 = 0x96;
    private const byte Choose = 0xCA;
    private const byte Majority = 0xE8;

    // Pairs of 128-bit quarters, for Shuffle4x128.
    private const byte LowQuarters = 0x44;
    private const byte HighQuarters = 0xEE;
    private const byte EvenQuarters = 0x88;
    private const byte OddQuarters = 0xDD;

    public static int Count => Vector512<uint>.Count;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(byte** blocks, uint* words)
    {
        unchecked
        {
            // Four rows at a time: after two unpackings, part j holds the words j, j + 4, j + 8, j + 12 of each.
            Vector512<byte> reversed = Vector512.Create(Vector128.Create(0x0405060700010203UL, 0x0C0D0E0F08090A0BUL)).AsByte();
            Vector512<uint>* parts = stackalloc Vector512<uint>[Sha256Constants.BlockWords];
            for (int i = 0; i < 4; i++)
            {
                Vector512<uint> a = Avx512BW.Shuffle(Vector512.Load(blocks[4 * i]), reversed).AsUInt32();
                Vector512<uint> b = Avx512BW.Shuffle(Vector512.Load(blocks[(4 * i) + 1]), reversed).AsUInt32();
                Vector512<uint> c = Avx512BW.Shuffle(Vector512.Load(blocks[(4 * i) + 2]), reversed).AsUInt32();
                Vector512<uint> d = Avx512BW.Shuffle(Vector512.Load(blocks[(4 * i) + 3]), reversed).AsUInt32();
                Vector512<ulong> abLow = UnpackLow(a, b).AsUInt64();
                Vector512<ulong> abHigh = UnpackHigh(a, b).AsUInt64();
                Vector512<ulong> cdLow = UnpackLow(c, d).AsUInt64();
                Vector512<ulong> cdHigh = UnpackHigh(c, d).AsUInt64();
                parts[i] = UnpackLow(abLow, cdLow).AsUInt32();
                parts[4 + i] = UnpackHigh(abLow, cdLow).AsUInt32();
                parts[8 + i] = UnpackLow(abHigh, cdHigh).AsUInt32();
                parts[12 + i] = UnpackHigh(abHigh, cdHigh).AsUInt32();
            }

            // Part j of row group i, whose quarter k is word 4k + j of four lanes.
            var w = (Vector512<uint>*)words;
            for (int j = 0; j < 4; j++)
            {
                Vector512<uint>* p = parts + (4 * j);
                Vector512<uint> low01 = Shuffle4x128(p[0], p[1], LowQuarters);
                Vector512<uint> high01 = Shuffle4x128(p[0], p[1], HighQuarters);
                Vector512<uint> low23 = Shuffle4x128(p[2], p[3], LowQuarters);
                Vector512<uint> high23 = Shuffle4x128(p[2], p[3], HighQuarters);
                w[j] = Shuffle4x128(low01, low23, EvenQuarters);
                w[4 + j] = Shuffle4x128(low01, low23, OddQuarters);
                w[8 + j] = Shuffle4x128(high01, high23, EvenQuarters);
                w[12 + j] = Shuffle4x128(high01, high23, OddQuarters);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ShiftInByte(uint* words, byte prefix, uint* carry)
    {
        unchecked
        {
            var w = (Vector512<uint>*)words;
            Vector512<uint> left = Vector512.Create((uint)prefix);
            for (int i = 0; i < Sha256Constants.BlockWords; i++)
            {
                Vector512<uint> word = w[i];
                w[i] = Or(ShiftLeftLogical(left, 24), ShiftRightLogical(word, 8));
                left = word;
            }

            *(Vector512<uint>*)carry = Or(ShiftLeftLogical(left, 24), Vector512.Create(0x00800000u));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(uint* words, uint* schedule)
    {
        unchecked
        {
            fixed (uint* constants = Sha256Constants.Round)
            {
                var w = (Vector512<uint>*)words;
                var s = (Vector512<uint>*)schedule;
                for (int t = 0; t < Sha256Constants.BlockWords; t++)
                {
                    s[t] = Add(w[t], Vector512.Create(constants[t]));
                }

                // The two words before the next stay in registers: the way through memory is the longest.
                Vector512<uint> first = w[14];
                Vector512<uint> second = w[15];
                for (int t = Sha256Constants.BlockWords; t < Sha256Constants.Rounds; t += 2)
                {
                    Vector512<uint> x = w[t - 15];
                    Vector512<uint> y = w[t - 14];
                    first = Add(
                        Add(Add(w[t - 16], w[t - 7]), TernaryLogic(RotateRight(x, 7), RotateRight(x, 18), ShiftRightLogical(x, 3), Xor3)),
                        TernaryLogic(RotateRight(first, 17), RotateRight(first, 19), ShiftRightLogical(first, 10), Xor3));
                    second = Add(
                        Add(Add(x, w[t - 6]), TernaryLogic(RotateRight(y, 7), RotateRight(y, 18), ShiftRightLogical(y, 3), Xor3)),
                        TernaryLogic(RotateRight(second, 17), RotateRight(second, 19), ShiftRightLogical(second, 10), Xor3));
                    w[t] = first;
                    w[t + 1] = second;
                    s[t] = Add(first, Vector512.Create(constants[t]));
                    s[t + 1] = Add(second, Vector512.Create(constants[t + 1]));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rounds(uint* schedule, uint* state)
    {
        unchecked
        {
            var s = (Vector512<uint>*)state;
            Vector512<uint> a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], t, x, y;
            var end = (Vector512<uint>*)schedule + Sha256Constants.Rounds;
            for (var w = (Vector512<uint>*)schedule; w < end; w += 8)
            {
                t = Add(h, w[0]);
                d = Add(d, t);
                x = TernaryLogic(e, f, g, Choose);
                y = TernaryLogic(RotateRight(e, 6), RotateRight(e, 11), RotateRight(e, 25), Xor3);
                t = Add(Add(t, x), y);
                d = Add(Add(d, x), y);
                x = TernaryLogic(a, b, c, Majority);
                y = TernaryLogic(RotateRight(a, 2), RotateRight(a, 13), RotateRight(a, 22), Xor3);
                h = Add(Add(x, y), t);

                t = Add(g, w[1]);
                c = Add(c, t);
                x = TernaryLogic(d, e, f, Choose);
                y = TernaryLogic(RotateRight(d, 6), RotateRight(d, 11), RotateRight(d, 25), Xor3);
                t = Add(Add(t, x), y);
                c = Add(Add(c, x), y);
                x = TernaryLogic(h, a, b, Majority);
                y = TernaryLogic(RotateRight(h, 2), RotateRight(h, 13), RotateRight(h, 22), Xor3);
                g = Add(Add(x, y), t);

                t = Add(f, w[2]);
                b = Add(b, t);
                x = TernaryLogic(c, d, e, Choose);
                y = TernaryLogic(RotateRight(c, 6), RotateRight(c, 11), RotateRight(c, 25), Xor3);
                t = Add(Add(t, x), y);
                b = Add(Add(b, x), y);
                x = TernaryLogic(g, h, a, Majority);
                y = TernaryLogic(RotateRight(g, 2), RotateRight(g, 13), RotateRight(g, 22), Xor3);
                f = Add(Add(x, y), t);

                t = Add(e, w[3]);
                a = Add(a, t);
                x = TernaryLogic(b, c, d, Choose);
                y = TernaryLogic(RotateRight(b, 6), RotateRight(b, 11), RotateRight(b, 25), Xor3);
                t = Add(Add(t, x), y);
                a = Add(Add(a, x), y);
                x = TernaryLogic(f, g, h, Majority);
                y = TernaryLogic(RotateRight(f, 2), RotateRight(f, 13), RotateRight(f, 22), Xor3);
                e = Add(Add(x, y), t);

                t = Add(d, w[4]);
                h = Add(h, t);
                x = TernaryLogic(a, b, c, Choose);
                y = TernaryLogic(RotateRight(a, 6), RotateRight(a, 11), RotateRight(a, 25), Xor3);
                t = Add(Add(t, x), y);
                h = Add(Add(h, x), y);
                x = TernaryLogic(e, f, g, Majority);
                y = TernaryLogic(RotateRight(e, 2), RotateRight(e, 13), RotateRight(e, 22), Xor3);
                d = Add(Add(x, y), t);

                t = Add(c, w[5]);
                g = Add(g, t);
                x = TernaryLogic(h, a, b, Choose);
                y = TernaryLogic(RotateRight(h, 6), RotateRight(h, 11), RotateRight(h, 25), Xor3);
                t = Add(Add(t, x), y);
                g = Add(Add(g, x), y);
                x = TernaryLogic(d, e, f, Majority);
                y = TernaryLogic(RotateRight(d, 2), RotateRight(d, 13), RotateRight(d, 22), Xor3);
                c = Add(Add(x, y), t);

                t = Add(b, w[6]);
                f = Add(f, t);
                x = TernaryLogic(g, h, a, Choose);
                y = TernaryLogic(RotateRight(g, 6), RotateRight(g, 11), RotateRight(g, 25), Xor3);
                t = Add(Add(t, x), y);
                f = Add(Add(f, x), y);
                x = TernaryLogic(c, d, e, Majority);
                y = TernaryLogic(RotateRight(c, 2), RotateRight(c, 13), RotateRight(c, 22), Xor3);
                b = Add(Add(x, y), t);

                t = Add(a, w[7]);
                e = Add(e, t);
                x = TernaryLogic(f, g, h, Choose);
                y = TernaryLogic(RotateRight(f, 6), RotateRight(f, 11), RotateRight(f, 25), Xor3);
                t = Add(Add(t, x), y);
                e = Add(Add(e, x), y);
                x = TernaryLogic(b, c, d, Majority);
                y = TernaryLogic(RotateRight(b, 2), RotateRight(b, 13), RotateRight(b, 22), Xor3);
                a = Add(Add(x, y), t);
            }

            s[0] = Add(s[0], a);
            s[1] = Add(s[1], b);
            s[2] = Add(s[2], c);
            s[3] = Add(s[3], d);
            s[4] = Add(s[4], e);
            s[5] = Add(s[5], f);
            s[6] = Add(s[6], g);
            s[7] = Add(s[7], h);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store(uint* state, byte* digests)
    {
        unchecked
        {
            Vector512<byte> reversed = Vector512.Create(Vector128.Create(0x0405060700010203UL, 0x0C0D0E0F08090A0BUL)).AsByte();
            for (int half = 0; half < 2; half++)
            {
                Vector512<byte>* s = (Vector512<byte>*)state + (4 * half);
                byte* digest = digests + (16 * half);
                Vector512<uint> a = Avx512BW.Shuffle(s[0], reversed).AsUInt32();
                Vector512<uint> b = Avx512BW.Shuffle(s[1], reversed).AsUInt32();
                Vector512<uint> c = Avx512BW.Shuffle(s[2], reversed).AsUInt32();
                Vector512<uint> d = Avx512BW.Shuffle(s[3], reversed).AsUInt32();
                Vector512<ulong> abLow = UnpackLow(a, b).AsUInt64();
                Vector512<ulong> abHigh = UnpackHigh(a, b).AsUInt64();
                Vector512<ulong> cdLow = UnpackLow(c, d).AsUInt64();
                Vector512<ulong> cdHigh = UnpackHigh(c, d).AsUInt64();

                // Quarter k of part j is half a digest of lane 4k + j.
                StoreQuarters(UnpackLow(abLow, cdLow), digest);
                StoreQuarters(UnpackHigh(abLow, cdLow), digest + Hash256.Size);
                StoreQuarters(UnpackLow(abHigh, cdHigh), digest + (2 * Hash256.Size));
                StoreQuarters(UnpackHigh(abHigh, cdHigh), digest + (3 * Hash256.Size));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<ulong> quarters, byte* digest)
    {
        unchecked
        {
            ExtractVector128(quarters, 0).AsByte().Store(digest);
            ExtractVector128(quarters, 1).AsByte().Store(digest + (4 * Hash256.Size));
            ExtractVector128(quarters, 2).AsByte().Store(digest + (8 * Hash256.Size));
            ExtractVector128(quarters, 3).AsByte().Store(digest + (12 * Hash256.Size));
        }
    }
}
