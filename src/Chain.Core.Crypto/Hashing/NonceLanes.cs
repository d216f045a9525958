using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Chain.Core.Crypto;

/// <summary>The loop of a <see cref="NonceSearch"/>, with one nonce in each lane.</summary>
/// <typeparam name="TLanes">The lanes: a struct, so that each kind is compiled for itself.</typeparam>
internal static unsafe class NonceLanes<TLanes>
    where TLanes : struct, ISha256Lanes
{
    private const uint PaddingBit = 0x80000000;
    private const uint DigestBits = 8 * Hash256.Size;

    /// <param name="search">What to search.</param>
    /// <param name="limit">The target in eight words, the least significant first.</param>
    /// <param name="first">The first nonce.</param>
    /// <param name="count">How many; at least one, and all fit.</param>
    /// <param name="nonce">The lowest nonce that meets the target.</param>
    [SkipLocalsInit]
    public static bool TryFind(NonceSearch search, ReadOnlySpan<uint> limit, ulong first, ulong count, out ulong nonce)
    {
        byte* innerRoom = stackalloc byte[Sha256Workspace.Size];
        byte* outerRoom = stackalloc byte[Sha256Workspace.Size];
        var inner = new Sha256Workspace(innerRoom);
        var outer = new Sha256Workspace(outerRoom);
        FillBlocks(in inner, search.Words);
        FillDigestPadding(outer.Words);
        for (ulong done = 0; done < count; done += (uint)TLanes.Count)
        {
            int used = (int)Math.Min((uint)TLanes.Count, count - done);
            WriteNonces(in inner, search, first + done);
            HashTwice(in inner, in outer, search);
            for (int lane = 0; lane < used; lane++)
            {
                if (MeetsTarget(outer.State + lane, limit))
                {
                    nonce = first + done + (uint)lane;
                    return true;
                }
            }

            if (count - done <= (uint)TLanes.Count)
            {
                break; // the next step might leave the range of the counter
            }
        }

        nonce = 0;
        return false;
    }

    private static void HashTwice(in Sha256Workspace inner, in Sha256Workspace outer, NonceSearch search)
    {
        Sha256Lanes<TLanes>.Start(search.Start.Words, inner.State);
        TLanes.Expand(inner.Words, inner.Schedule);
        TLanes.Rounds(inner.Schedule, inner.State);
        if (search.Words.Length > Sha256Constants.BlockWords)
        {
            TLanes.Expand(inner.Closing, inner.Schedule);
            TLanes.Rounds(inner.Schedule, inner.State);
        }

        int stateSize = Sha256Constants.StateWords * TLanes.Count;
        new ReadOnlySpan<uint>(inner.State, stateSize).CopyTo(new Span<uint>(outer.Words, stateSize));
        Sha256Lanes<TLanes>.Start(Sha256Constants.InitialState, outer.State);
        TLanes.Expand(outer.Words, outer.Schedule);
        TLanes.Rounds(outer.Schedule, outer.State);
    }

    /// <summary>The first block goes to the words, the second to the closing block, in every lane.</summary>
    private static void FillBlocks(in Sha256Workspace work, ReadOnlySpan<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            new Span<uint>(WordOf(in work, i), TLanes.Count).Fill(words[i]);
        }
    }

    private static void FillDigestPadding(uint* words)
    {
        for (int i = Sha256Constants.StateWords; i < Sha256Constants.BlockWords; i++)
        {
            uint word = i == Sha256Constants.StateWords ? PaddingBit : i == Sha256Constants.BlockWords - 1 ? DigestBits : 0;
            new Span<uint>(words + (i * TLanes.Count), TLanes.Count).Fill(word);
        }
    }

    /// <summary>Eight bytes at any offset touch three words; the template has zeros where they go.</summary>
    private static void WriteNonces(in Sha256Workspace work, NonceSearch search, ulong first)
    {
        unchecked
        {
            int index = search.NonceOffset / sizeof(uint);
            int shift = 8 * (search.NonceOffset % sizeof(uint));
            uint* high = WordOf(in work, index);
            uint* middle = WordOf(in work, index + 1);
            uint* low = WordOf(in work, index + 2);
            ReadOnlySpan<uint> template = search.Words.Slice(index, 3);
            for (int lane = 0; lane < TLanes.Count; lane++)
            {
                ulong nonce = first + (uint)lane;
                ulong bytes = search.NonceSize == sizeof(ulong)
                    ? BinaryPrimitives.ReverseEndianness(nonce)
                    : (ulong)BinaryPrimitives.ReverseEndianness((uint)nonce) << 32;
                high[lane] = template[0] | (uint)(bytes >> (32 + shift));
                middle[lane] = template[1] | (uint)(bytes >> shift);
                low[lane] = template[2] | (uint)(bytes << (32 - shift));
            }
        }
    }

    private static uint* WordOf(in Sha256Workspace work, int index) =>
        index < Sha256Constants.BlockWords
            ? work.Words + (index * TLanes.Count)
            : work.Closing + ((index - Sha256Constants.BlockWords) * TLanes.Count);

    /// <summary>Compares from the most significant word, which stands last and nearly always decides.</summary>
    private static bool MeetsTarget(uint* state, ReadOnlySpan<uint> limit)
    {
        for (int i = Sha256Constants.StateWords - 1; i >= 0; i--)
        {
            uint word = BinaryPrimitives.ReverseEndianness(state[i * TLanes.Count]);
            if (word != limit[i])
            {
                return word < limit[i];
            }
        }

        return true;
    }
}
