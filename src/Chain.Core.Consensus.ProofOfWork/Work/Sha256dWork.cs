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
        nonce = first;
        for (int i = 0; i < count; i++)
        {
            WorkPreimage.SetNonce(preimage, nonce);
            if (Evaluate(preimage) <= target)
            {
                return true;
            }

            nonce = unchecked(nonce + 1);
        }

        return false;
    }
}
