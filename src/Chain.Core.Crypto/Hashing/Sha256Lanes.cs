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

    /// <summary>
    /// Hashes as many messages as there are lanes, or fewer, of different lengths but of the same number of
    /// padded blocks, into the digests at their indexes.
    /// </summary>
    public static void HashGroup(
        Sha256Midstate from, ReadOnlySpan<byte> bytes, ReadOnlySpan<Range> messages, ReadOnlySpan<int> group, Span<Hash256> digests)
    {
        fixed (byte* first = bytes)
        {
            HashGroup(from, first, bytes.Length, messages, group, digests);
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

    [SkipLocalsInit]
    private static void HashGroup(
        Sha256Midstate from, byte* bytes, int size, ReadOnlySpan<Range> messages, ReadOnlySpan<int> group, Span<Hash256> digests)
    {
        byte* room = stackalloc byte[Sha256Workspace.Size];
        var work = new Sha256Workspace(room);
        int whole = 0;
        int tailBlocks = 0;
        for (int lane = 0; lane < group.Length; lane++)
        {
            // The tail goes aside now: at most two blocks, and the same number in every lane.
            (int start, int length) = messages[group[lane]].GetOffsetAndLength(size);
            int blocks = Sha256Constants.PaddedBlocks(length);
            tailBlocks = Math.Min(blocks, 2);
            whole = blocks - tailBlocks;
            byte* tail = work.Tails + (lane * Sha256Workspace.TailSize);
            int rest = length - (whole * BlockSize);
            Unsafe.CopyBlockUnaligned(tail, bytes + start + (whole * BlockSize), (uint)rest);
            Pad(new Span<byte>(tail, tailBlocks * BlockSize), rest, 8 * (from.Length + (ulong)length));
            work.Blocks[lane] = bytes + start;
        }

        for (int lane = group.Length; lane < TLanes.Count; lane++)
        {
            work.Blocks[lane] = work.Blocks[group.Length - 1];
        }

        Start(from.Words, work.State);
        Absorb(in work, whole);
        PointAt(work.Blocks, work.Tails, Sha256Workspace.TailSize, group.Length);
        Absorb(in work, tailBlocks);
        TLanes.Store(work.State, work.Digests);
        for (int lane = 0; lane < group.Length; lane++)
        {
            digests[group[lane]] = ((Hash256*)work.Digests)[lane];
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
        for (int lane = 0; lane < TLanes.Count; lane++)
        {
            Pad(new Span<byte>(tails + (lane * Sha256Workspace.TailSize), BlockSize * TailBlocks(rest)), rest, bits);
        }
    }

    private static void Pad(Span<byte> tail, int rest, ulong bits)
    {
        tail[rest..].Clear();
        tail[rest] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(tail[^sizeof(ulong)..], bits);
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
