using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>A signed statement of one validator. Canonical form: <c>[kind, view, subject, signer, signature]</c>.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Signer">The validator's place in the set of the epoch.</param>
/// <param name="Signature">The signature over <see cref="Statement.SigningHash"/>; 64 bytes.</param>
public readonly record struct Vote(Statement Statement, int Signer, ReadOnlyMemory<byte> Signature)
{
    private const int Elements = 5;

    internal void Write(WireWriter writer)
    {
        Hash256 subject = Statement.Subject;
        writer.ArrayHeader(Elements)
            .UInt64((byte)Statement.Kind)
            .UInt64(Statement.View.Value)
            .Hash(in subject)
            .UInt64((ulong)Signer)
            .Bytes(Signature.Span);
    }

    internal static bool TryRead(ref WireReader reader, out Vote vote)
    {
        vote = default;
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadByte(out byte kind, (byte)VoteKind.Finalize)
            || !reader.TryReadUInt64(out ulong view)
            || !reader.TryReadHash(out Hash256 subject)
            || !reader.TryReadUInt32(out uint signer, StakeLimits.Validators - 1)
            || !reader.TryReadExactBytes(Ed25519.SignatureSize, out ReadOnlyMemory<byte> signature))
        {
            return false;
        }

        vote = new Vote(new Statement((VoteKind)kind, new View(view), subject), (int)signer, signature);
        return (VoteKind)kind != VoteKind.Nullify || subject.IsZero;
    }
}
