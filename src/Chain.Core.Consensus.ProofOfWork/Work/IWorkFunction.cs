
namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>What work is: a function from 80 bytes to a number that has to be at most the target. Pure, and safe for any thread.</summary>
/// <remarks>The 80 bytes are laid out by <see cref="WorkPreimage"/>; the last 8 are the nonce.</remarks>
public interface IWorkFunction
{
    /// <summary>A short name for people and the bench: <c>sha256d</c>.</summary>
    string Name { get; }

    /// <summary>The number that is compared with the target.</summary>
    /// <param name="preimage">80 bytes.</param>
    UInt256 Evaluate(ReadOnlySpan<byte> preimage);

    /// <summary>Tries nonces one after the other, and around the end of the numbers if it comes to that.</summary>
    /// <param name="preimage">80 bytes; the nonce in them does not matter, and may be overwritten.</param>
    /// <param name="target">The greatest number that will do.</param>
    /// <param name="first">The first nonce to try.</param>
    /// <param name="count">How many to try.</param>
    /// <param name="nonce">The first that will do, where one does.</param>
    /// <returns>Whether there is one.</returns>
    bool TryFind(Span<byte> preimage, in UInt256 target, ulong first, int count, out ulong nonce);
}
