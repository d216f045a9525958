using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>Checks what <see cref="ConsensusOutput.Evidence"/> carries, without a running engine.</summary>
public interface IOffenceProofs
{
    /// <summary>What the bytes claim to prove; their signatures are not checked.</summary>
    bool TryRead(ReadOnlyMemory<byte> proof, [NotNullWhen(true)] out Offence? offence);

    /// <summary>Whether the bytes prove an offence on this chain, by signatures that nobody but the offender can have made.</summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="proof">Anybody's bytes.</param>
    /// <param name="offence">What is proved.</param>
    bool TryVerify(BlockId genesis, ReadOnlyMemory<byte> proof, [NotNullWhen(true)] out Offence? offence);
}
