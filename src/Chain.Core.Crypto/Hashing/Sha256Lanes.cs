using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>Hashes many equal-length messages with one kind of lanes.</summary>
/// <typeparam name="TLanes">The lanes: a struct, so that each kind is compiled for itself.</typeparam>
internal static unsafe class Sha256Lanes<TLanes>
    where TLanes : struct, ISha256Lanes
{
    private const int BlockSize = Sha256Constants.BlockSize;
    private const int NodeSize = 2 * Hash256.Size;
    private const uint NodeBits = 8 * (1 + NodeSize);

    /// <summary>
    /// Hashes <paramref name="count"/> messages of <paramref name="length"/> bytes that lie end to end,
    /// each after what the state has absorbed.
    /// </summary>
    [SkipLocalsInit]
    public static void Hash(Sha256Midstate from, byte* messages, int length, int count, byte* digests)
    {
        byte* room = stackalloc byte[Sha256Workspace.Size];
        var work = new Sha256Workspace(room);
        int rest = length % BlockSize;
        PadTails(work.Tails, rest, 8 * (from.Length + (ulong)length));
        if (rest == 0)
        {
            // The last block is nothing but padding, the same for all: one schedule serves every group.
            PointAt(work.Blocks, work.Tails, 0, 1);
            TLanes.Load(work.Blocks, work.Words);
            TLanes.Expand(work.Words, work.Closing);
        }

        for (int first = 0; first < count; first += TLanes.Count)
        {
            int used = Math.Min(TLanes.Count, count - first);
            if (used == 1 && TLanes.Count > 1)
            {
                Sha256Lanes<Sha256Scalar>.Hash(
                    from, messages + ((nint)length * first), length, 1, digests + ((nint)Hash256.Size * first));
                return;
            }

            PointAt(work.Blocks, messages + ((nint)length * first), length, used);
            Start(from.Words, work.State);
            Absorb(in work, length / BlockSize);
            if (rest == 0)
            {
                TLanes.Rounds(work.Closing, work.State);
            }
            else
            {
                AbsorbTails(in work, rest, used);
            }

            Finish(in work, digests + ((nint)Hash256.Size * first), used);
        }
    }

    /// <summary>
    /// Hashes <paramref name="count"/> pairs of digests, each behind the byte <paramref name="prefix"/>.
    /// The results may begin where the pairs do.
    /// </summary>
    [SkipLocalsInit]
    public static void HashPairs(byte prefix, byte* pairs, int count, byte* digests)
    {
        byte* room = stackalloc byte[Sha256Workspace.Size];
        var work = new Sha256Workspace(room);

        // The second block: the last byte and the padding bit in one word, zeros, the length.
        new Span<uint>(work.Closing, Sha256Constants.BlockWords * TLanes.Count).Clear();
        new Span<uint>(work.Closing + ((Sha256Constants.BlockWords - 1) * TLanes.Count), TLanes.Count).Fill(NodeBits);
        for (int first = 0; first < count; first += TLanes.Count)
        {
            int used = Math.Min(TLanes.Count, count - first);
            if (used == 1 && TLanes.Count > 1)
            {
                Sha256Lanes<Sha256Scalar>.HashPairs(prefix, pairs + ((nint)NodeSize * first), 1, digests + ((nint)Hash256.Size * first));
                return;
            }

            PointAt(work.Blocks, pairs + ((nint)NodeSize * first), NodeSize, used);
            Start(Sha256Constants.InitialState, work.State);
            TLanes.Load(work.Blocks, work.Words);
            TLanes.ShiftInByte(work.Words, prefix, work.Closing);
            TLanes.Expand(work.Words, work.Schedule);
            TLanes.Rounds(work.Schedule, work.State);
            TLanes.Expand(work.Closing, work.Schedule);
            TLanes.Rounds(work.Schedule, work.State);
            Finish(in work, digests + ((nint)Hash256.Size * first), used);
        }
    }

    /// <summary>Absorbs whole blocks that lie end to end into the state of a single lane.</summary>
    [SkipLocalsInit]
    public static void Absorb(uint* state, byte* blocks, int count)
    {
        byte* room = stackalloc byte[Sha256Workspace.Size];
        var work = new Sha256Workspace(room);
        work.Blocks[0] = blocks;
        new ReadOnlySpan<uint>(state, Sha256Constants.StateWords).CopyTo(new Span<uint>(work.State, Sha256Constants.StateWords));
        Absorb(in work, count);
        new ReadOnlySpan<uint>(work.State, Sha256Constants.StateWords).CopyTo(new Span<uint>(state, Sha256Constants.StateWords));
    }

    /// <summary>The same state in every lane.</summary>
    public static void Start(ReadOnlySpan<uint> from, uint* state)
    {
        for (int i = 0; i < Sha256Constants.StateWords; i++)
        {
            new Span<uint>(state + (i * TLanes.Count), TLanes.Count).Fill(from[i]);
        }
    }

    private static void Absorb(in Sha256Workspace work, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            TLanes.Load(work.Blocks, work.Words);
            TLanes.Expand(work.Words, work.Schedule);
            TLanes.Rounds(work.Schedule, work.State);
            for (int lane = 0; lane < TLanes.Count; lane++)
            {
                work.Blocks[lane] += BlockSize;
            }
        }
    }

    private static void AbsorbTails(in Sha256Workspace work, int rest, int used)
    {
        for (int lane = 0; lane < used; lane++)
        {
            Unsafe.CopyBlockUnaligned(work.Tails + (lane * Sha256Workspace.TailSize), work.Blocks[lane], (uint)rest);
        }

        PointAt(work.Blocks, work.Tails, Sha256Workspace.TailSize, used);
        Absorb(in work, TailBlocks(rest));
    }

    /// <summary>Lanes without a message repeat the last one: nothing is read beyond the input.</summary>
    private static void PointAt(byte** blocks, byte* first, int stride, int used)
    {
        for (int lane = 0; lane < TLanes.Count; lane++)
        {
            blocks[lane] = first + ((nint)stride * Math.Min(lane, used - 1));
        }
    }

    private static void PadTails(byte* tails, int rest, ulong bits)
    {
        int size = BlockSize * TailBlocks(rest);
        for (int lane = 0; lane < TLanes.Count; lane++)
        {
            var tail = new Span<byte>(tails + (lane * Sha256Workspace.TailSize), size);
            tail[rest..].Clear();
            tail[rest] = 0x80;
            BinaryPrimitives.WriteUInt64BigEndian(tail[^sizeof(ulong)..], bits);
        }
    }

    private static int TailBlocks(int rest) => rest <= Sha256Constants.LongestTail ? 1 : 2;

    private static void Finish(in Sha256Workspace work, byte* digests, int used)
    {
        if (used == TLanes.Count)
        {
            TLanes.Store(work.State, digests);
            return;
        }

        TLanes.Store(work.State, work.Digests);
        Unsafe.CopyBlockUnaligned(digests, work.Digests, (uint)(used * Hash256.Size));
    }
}
