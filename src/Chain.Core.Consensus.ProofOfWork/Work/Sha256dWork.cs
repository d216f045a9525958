using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>SHA-256 of SHA-256 of the preimage, read as a number with the least significant byte first, as in Bitcoin.</summary>
public sealed class Sha256dWork : IWorkFunction
{
    /// <inheritdoc/>
    public string Name => "sha256d";

    /// <inheritdoc/>
    public UInt256 Evaluate(ReadOnlySpan<byte> preimage) => UInt256.FromLittleEndian(Sha256.HashTwice(preimage));

    /// <inheritdoc/>
    public bool TryFind(Span<byte> preimage, in UInt256 target, ulong first, int count, out ulong nonce)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Span<byte> limit = stackalloc byte[UInt256.Size];
        target.WriteLittleEndian(limit);
        var search = new NonceSearch(preimage, WorkPreimage.NonceOffset, sizeof(ulong));

        // Up to the end of the numbers, and on from 0.
        ulong ahead = first == 0 ? (ulong)count : ulong.Min((ulong)count, ulong.MaxValue - first + 1);
        return search.TryFind(limit, first, ahead, out nonce)
            || search.TryFind(limit, 0, (ulong)count - ahead, out nonce);
    }
}
