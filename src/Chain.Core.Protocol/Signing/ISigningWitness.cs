namespace Chain.Core.Protocol;

/// <summary>
/// A second place for the marks of the signer, outside of the chain's store, so that a data directory which was
/// restored from an old copy, or lost, cannot make the node sign twice. It belongs to the key, not to the chain data,
/// and must not be part of the same backup.
/// </summary>
public interface ISigningWitness
{
    /// <summary>The marks recorded so far, in ascending order of purpose; null where nothing was ever recorded here.</summary>
    IReadOnlyList<SigningMark>? Read();

    /// <summary>
    /// Replaces what is recorded by these marks, on stable storage when it returns. It throws where that fails, and the
    /// node stops before the signature leaves.
    /// </summary>
    void Record(IReadOnlyList<SigningMark> marks);
}
