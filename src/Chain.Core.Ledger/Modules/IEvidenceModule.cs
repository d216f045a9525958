using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// A module that takes proofs of offences against consensus. The host turns what the engine hands it into
/// transactions of this node's own account. A chain has at most one such module.
/// </summary>
public interface IEvidenceModule
{
    /// <summary>Whether there is nothing left to report: the offence was dealt with, is too old, or the proof proves nothing.</summary>
    /// <param name="state">The state after the head.</param>
    /// <param name="height">The height of the head.</param>
    /// <param name="proof">What the engine gave out as <see cref="Consensus.ConsensusOutput.Evidence"/>.</param>
    bool IsSettled(IStateReader state, BlockHeight height, ReadOnlyMemory<byte> proof);

    /// <summary>The call that reports the offence.</summary>
    Call Report(ReadOnlyMemory<byte> proof);
}
