using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Chain.Core.Crypto;

/// <summary>k = SHA-512(R ‖ A ‖ M) mod L for a group of signatures, hashed side by side.</summary>
internal unsafe ref struct LaneChallenges<THash>
    where THash : struct, ILaneSha512
{
    /// <summary>Longer messages are hashed alone: eight blocks, less R, A, the end mark and the length.</summary>
    public const int LongestMessage = (MostBlocks * LaneSha512.BlockSize) - PrefixSize - LengthSize - 1;

    private const int MostBlocks = 8;
    private const int PrefixSize = 64;
    private const int LengthSize = 16;
    private const nuint Alignment = 64;
    private const int LaneSize = MostBlocks * LaneSha512.BlockSize;

    private readonly ulong* _state;
    private readonly byte* _messages;

    public LaneChallenges()
    {
        int stateSize = LaneSha512.StateLength * THash.Lanes * sizeof(ulong);
        _state = (ulong*)NativeMemory.AlignedAlloc((nuint)(stateSize + (THash.Lanes * LaneSize)), Alignment);
        _messages = (byte*)_state + stateSize;
    }

    public readonly void Dispose() => NativeMemory.AlignedFree(_state);

    /// <summary>One k for each member; at most as many members as lanes.</summary>
    public readonly void Compute(
        ReadOnlySpan<SignatureClaim> claims, ReadOnlySpan<int> members, Span<Scalar25519> challenges)
    {
        byte** blocks = stackalloc byte*[THash.Lanes];
        Span<int> counts = stackalloc int[THash.Lanes];
        int most = 0;
        for (int lane = 0; lane < THash.Lanes; lane++)
        {
            blocks[lane] = _messages + (lane * LaneSize);
            counts[lane] = lane < members.Length
                ? Prepare(claims[members[lane]], new Span<byte>(blocks[lane], LaneSize), out challenges[lane])
                : 0;
            most = Math.Max(most, counts[lane]);
        }

        Start();
        for (int block = 1; block <= most; block++)
        {
            THash.Compress(_state, blocks);
            for (int lane = 0; lane < THash.Lanes; lane++)
            {
                blocks[lane] += LaneSha512.BlockSize;
                if (counts[lane] == block)
                {
                    challenges[lane] = Read(lane);
                }
            }
        }
    }

    /// <summary>Writes the padded input and returns its blocks; or hashes it at once, where it is too long, and returns 0.</summary>
    private static int Prepare(in SignatureClaim claim, Span<byte> buffer, out Scalar25519 challenge)
    {
        ReadOnlySpan<byte> r = claim.Signature.Span[..32];
        ReadOnlySpan<byte> key = claim.PublicKey.Span;
        ReadOnlySpan<byte> message = claim.Message.Span;
        if (message.Length > LongestMessage)
        {
            challenge = Ed25519Equation.Challenge(r, key, message);
            return 0;
        }

        challenge = default;
        int length = PrefixSize + message.Length;
        int blocks = (length + LengthSize + LaneSha512.BlockSize) / LaneSha512.BlockSize;
        r.CopyTo(buffer);
        key.CopyTo(buffer[32..]);
        message.CopyTo(buffer[PrefixSize..]);
        Span<byte> padding = buffer[length..(blocks * LaneSha512.BlockSize)];
        padding.Clear();
        padding[0] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padding[^sizeof(ulong)..], (ulong)length * 8);
        return blocks;
    }

    private readonly void Start()
    {
        for (int word = 0; word < LaneSha512.StateLength; word++)
        {
            new Span<ulong>(_state + (word * THash.Lanes), THash.Lanes).Fill(LaneSha512.InitialState[word]);
        }
    }

    private readonly Scalar25519 Read(int lane)
    {
        Span<byte> digest = stackalloc byte[LaneSha512.StateLength * sizeof(ulong)];
        for (int word = 0; word < LaneSha512.StateLength; word++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(digest[(sizeof(ulong) * word)..], _state[(word * THash.Lanes) + lane]);
        }

        return Scalar25519.Reduce(digest);
    }
}
