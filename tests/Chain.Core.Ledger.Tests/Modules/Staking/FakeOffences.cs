using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Modules.Staking;

/// <summary>Believes whatever decodes: how engines prove offences is theirs to test.</summary>
internal sealed class FakeOffences : IOffenceProofs
{
    public static byte[] Prove(ValidatorKey offender, ulong epoch) =>
        new WireWriter().ArrayHeader(2).Bytes(offender.PublicKey.Span).UInt64(epoch).ToArray();

    public bool TryVerify(BlockId genesis, ReadOnlyMemory<byte> proof, [NotNullWhen(true)] out Offence? offence) => TryRead(proof, out offence);

    public bool TryRead(ReadOnlyMemory<byte> proof, [NotNullWhen(true)] out Offence? offence)
    {
        var reader = new WireReader(proof);
        offence = reader.TryReadArrayHeader(2) && reader.TryReadBytes(64, out ReadOnlyMemory<byte> key) && reader.TryReadUInt64(out ulong epoch)
            ? new Offence(new ValidatorKey(FakeScheme.FakeTag, key), epoch, "two-votes")
            : null;
        return offence is not null;
    }
}
