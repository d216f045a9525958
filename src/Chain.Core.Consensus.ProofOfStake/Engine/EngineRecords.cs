using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What an engine persists, and under which keys.</summary>
internal static class EngineRecords
{
    public const ulong Notarize = 1;
    public const ulong Conclude = 2;
    public const ulong Finalization = 3;

    private const ulong Notarizations = 1UL << 32;
    private const ulong Nullifications = 2UL << 32;

    /// <summary>The key of a certificate; those of a kind share <see cref="Rounds.Kept"/> keys.</summary>
    public static ulong KeyOf(Certificate certificate) => certificate.Kind switch
    {
        VoteKind.Notarize => Notarizations | (certificate.View.Index % Rounds.Kept),
        VoteKind.Nullify => Nullifications | (certificate.View.Index % Rounds.Kept),
        _ => Finalization,
    };

    public static ConsensusRecord Of(Certificate certificate) => new(KeyOf(certificate), certificate.Encoded);

    /// <summary>A vote that is about to be signed.</summary>
    public static ConsensusRecord Of(in Statement statement)
    {
        Hash256 subject = statement.Subject;
        byte[] value = new WireWriter(64)
            .ArrayHeader(3)
            .UInt64((byte)statement.Kind)
            .UInt64(statement.View.Value)
            .Hash(in subject)
            .ToArray();
        return new ConsensusRecord(statement.Kind == VoteKind.Notarize ? Notarize : Conclude, value);
    }

    public static bool TryReadStatement(ReadOnlyMemory<byte> value, out Statement statement)
    {
        var reader = new WireReader(value);
        statement = default;
        if (!reader.TryReadArrayHeader(3)
            || !reader.TryReadByte(out byte kind, (byte)VoteKind.Finalize)
            || !reader.TryReadUInt64(out ulong view)
            || !reader.TryReadHash(out Hash256 subject)
            || !reader.TryEnd())
        {
            return false;
        }

        statement = new Statement((VoteKind)kind, new View(view), subject);
        return true;
    }
}
