using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.X86.Avx2;

namespace Chain.Core.Crypto;

/// <summary>Eight lanes of AVX2; a rotation is two shifts.</summary>
/// <remarks>Like <see cref="Sha256Avx512"/>, without small inlined helpers.</remarks>
internal readonly unsafe struct Sha256Avx2 : ISha256Lanes
{
    // Pairs of 128-bit halves, for Permute2x128.
    private const byte LowHalves = 0x20;
    private const byte HighHalves = 0x31;

    public static int Count => Vector256<uint>.Count;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(byte** blocks, uint* words)
    {
        unchecked
        {
            Vector256<uint>* rows = stackalloc Vector256<uint>[Count];
            for (int half = 0; half < 2; half++)
            {
                for (int lane = 0; lane < Count; lane++)
                {
                    rows[lane] = Vector256.Load(blocks[lane] + (32 * half)).AsUInt32();
                }

                Transpose(rows, (Vector256<uint>*)words + (Count * half));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ShiftInByte(uint* words, byte prefix, uint* carry)
    {
        unchecked
        {
            var w = (Vector256<uint>*)words;
            Vector256<uint> left = Vector256.Create((uint)prefix);
            for (int i = 0; i < Sha256Constants.BlockWords; i++)
            {
                Vector256<uint> word = w[i];
                w[i] = Or(ShiftLeftLogical(left, 24), ShiftRightLogical(word, 8));
                left = word;
            }

            *(Vector256<uint>*)carry = Or(ShiftLeftLogical(left, 24), Vector256.Create(0x00800000u));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(uint* words, uint* schedule)
    {
        unchecked
        {
            fixed (uint* constants = Sha256Constants.Round)
            {
                var w = (Vector256<uint>*)words;
                var s = (Vector256<uint>*)schedule;
                for (int t = 0; t < Sha256Constants.BlockWords; t++)
                {
                    s[t] = Add(w[t], Vector256.Create(constants[t]));
                }

                // The two words before the next stay in registers: the way through memory is the longest.
                Vector256<uint> first = w[14];
                Vector256<uint> second = w[15];
                for (int t = Sha256Constants.BlockWords; t < Sha256Constants.Rounds; t += 2)
                {
                    Vector256<uint> x = w[t - 15];
                    Vector256<uint> y = w[t - 14];
                    Vector256<uint> sigma = Xor(Xor(
                        Xor(ShiftRightLogical(x, 7), ShiftLeftLogical(x, 25)),
                        Xor(ShiftRightLogical(x, 18), ShiftLeftLogical(x, 14))),
                        ShiftRightLogical(x, 3));
                    first = Add(Add(Add(w[t - 16], w[t - 7]), sigma), Xor(Xor(
                        Xor(ShiftRightLogical(first, 17), ShiftLeftLogical(first, 15)),
                        Xor(ShiftRightLogical(first, 19), ShiftLeftLogical(first, 13))),
                        ShiftRightLogical(first, 10)));
                    sigma = Xor(Xor(
                        Xor(ShiftRightLogical(y, 7), ShiftLeftLogical(y, 25)),
                        Xor(ShiftRightLogical(y, 18), ShiftLeftLogical(y, 14))),
                        ShiftRightLogical(y, 3));
                    second = Add(Add(Add(x, w[t - 6]), sigma), Xor(Xor(
                        Xor(ShiftRightLogical(second, 17), ShiftLeftLogical(second, 15)),
                        Xor(ShiftRightLogical(second, 19), ShiftLeftLogical(second, 13))),
                        ShiftRightLogical(second, 10)));
                    w[t] = first;
                    w[t + 1] = second;
                    s[t] = Add(first, Vector256.Create(constants[t]));
                    s[t + 1] = Add(second, Vector256.Create(constants[t + 1]));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rounds(uint* schedule, uint* state)
    {
        unchecked
        {
            var s = (Vector256<uint>*)state;
            Vector256<uint> a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], t, x, y;
            Vector256<uint> ab, bc = Xor(b, c);
            var end = (Vector256<uint>*)schedule + Sha256Constants.Rounds;
            for (var w = (Vector256<uint>*)schedule; w < end; w += 8)
            {
                t = Add(h, w[0]);
                d = Add(d, t);
                x = Xor(g, And(e, Xor(f, g)));
                y = Xor(Xor(Xor(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)), Xor(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
                    Xor(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
                t = Add(Add(t, x), y);
                d = Add(Add(d, x), y);
                ab = Xor(a, b);
                x = Xor(b, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)), Xor(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
                    Xor(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
                h = Add(Add(x, y), t);

                t = Add(g, w[1]);
                c = Add(c, t);
                x = Xor(f, And(d, Xor(e, f)));
                y = Xor(Xor(Xor(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)), Xor(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
                    Xor(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
                t = Add(Add(t, x), y);
                c = Add(Add(c, x), y);
                bc = Xor(h, a);
                x = Xor(a, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)), Xor(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
                    Xor(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
                g = Add(Add(x, y), t);

                t = Add(f, w[2]);
                b = Add(b, t);
                x = Xor(e, And(c, Xor(d, e)));
                y = Xor(Xor(Xor(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)), Xor(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
                    Xor(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
                t = Add(Add(t, x), y);
                b = Add(Add(b, x), y);
                ab = Xor(g, h);
                x = Xor(h, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)), Xor(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
                    Xor(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
                f = Add(Add(x, y), t);

                t = Add(e, w[3]);
                a = Add(a, t);
                x = Xor(d, And(b, Xor(c, d)));
                y = Xor(Xor(Xor(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)), Xor(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
                    Xor(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
                t = Add(Add(t, x), y);
                a = Add(Add(a, x), y);
                bc = Xor(f, g);
                x = Xor(g, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)), Xor(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
                    Xor(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
                e = Add(Add(x, y), t);

                t = Add(d, w[4]);
                h = Add(h, t);
                x = Xor(c, And(a, Xor(b, c)));
                y = Xor(Xor(Xor(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)), Xor(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
                    Xor(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
                t = Add(Add(t, x), y);
                h = Add(Add(h, x), y);
                ab = Xor(e, f);
                x = Xor(f, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)), Xor(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
                    Xor(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
                d = Add(Add(x, y), t);

                t = Add(c, w[5]);
                g = Add(g, t);
                x = Xor(b, And(h, Xor(a, b)));
                y = Xor(Xor(Xor(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)), Xor(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
                    Xor(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
                t = Add(Add(t, x), y);
                g = Add(Add(g, x), y);
                bc = Xor(d, e);
                x = Xor(e, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)), Xor(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
                    Xor(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
                c = Add(Add(x, y), t);

                t = Add(b, w[6]);
                f = Add(f, t);
                x = Xor(a, And(g, Xor(h, a)));
                y = Xor(Xor(Xor(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)), Xor(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
                    Xor(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
                t = Add(Add(t, x), y);
                f = Add(Add(f, x), y);
                ab = Xor(c, d);
                x = Xor(d, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)), Xor(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
                    Xor(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
                b = Add(Add(x, y), t);

                t = Add(a, w[7]);
                e = Add(e, t);
                x = Xor(h, And(f, Xor(g, h)));
                y = Xor(Xor(Xor(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)), Xor(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
                    Xor(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
                t = Add(Add(t, x), y);
                e = Add(Add(e, x), y);
                bc = Xor(b, c);
                x = Xor(c, And(ab, bc));
                y = Xor(Xor(Xor(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)), Xor(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
                    Xor(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
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
    public static void Store(uint* state, byte* digests) =>
        Transpose((Vector256<uint>*)state, (Vector256<uint>*)digests);

    /// <summary>Word j of row i becomes word i of row j, with its bytes reversed.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(Vector256<uint>* rows, Vector256<uint>* columns)
    {
        unchecked
        {
            Vector256<uint>* parts = stackalloc Vector256<uint>[Count];
            Vector256<byte> reversed = Vector256.Create(Vector128.Create(0x0405060700010203UL, 0x0C0D0E0F08090A0BUL)).AsByte();
            for (int i = 0; i < Count; i += 4)
            {
                Vector256<uint> a = Shuffle(rows[i].AsByte(), reversed).AsUInt32();
                Vector256<uint> b = Shuffle(rows[i + 1].AsByte(), reversed).AsUInt32();
                Vector256<uint> c = Shuffle(rows[i + 2].AsByte(), reversed).AsUInt32();
                Vector256<uint> d = Shuffle(rows[i + 3].AsByte(), reversed).AsUInt32();
                Vector256<ulong> abLow = UnpackLow(a, b).AsUInt64();
                Vector256<ulong> abHigh = UnpackHigh(a, b).AsUInt64();
                Vector256<ulong> cdLow = UnpackLow(c, d).AsUInt64();
                Vector256<ulong> cdHigh = UnpackHigh(c, d).AsUInt64();
                parts[i] = UnpackLow(abLow, cdLow).AsUInt32();
                parts[i + 1] = UnpackHigh(abLow, cdLow).AsUInt32();
                parts[i + 2] = UnpackLow(abHigh, cdHigh).AsUInt32();
                parts[i + 3] = UnpackHigh(abHigh, cdHigh).AsUInt32();
            }

            for (int j = 0; j < 4; j++)
            {
                columns[j] = Permute2x128(parts[j], parts[4 + j], LowHalves);
                columns[4 + j] = Permute2x128(parts[j], parts[4 + j], HighHalves);
            }
        }
    }
}
