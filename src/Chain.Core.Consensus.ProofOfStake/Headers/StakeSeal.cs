using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// The seal of a block: <c>[view, parent certificate, proof, randomness, sets, signature]</c>. Genesis has the first
/// set in place of the sets, and nothing else.
/// </summary>
internal sealed class StakeSeal
{
    private const int Elements = 6;

    private static readonly HashDomain ProposalDomain = new("chain-core/pos/proposal/v1");
    private static readonly HashDomain RepeatDomain = new("chain-core/pos/repeat/v1");

    /// <summary>The view that the block was proposed in.</summary>
    public required View View { get; init; }

    /// <summary>Shows that the parent is notarized, or final where it ends an epoch. Empty on genesis.</summary>
    public required ReadOnlyMemory<byte> ParentCertificate { get; init; }

    /// <summary>The leader's proof of randomness.</summary>
    public required ReadOnlyMemory<byte> Proof { get; init; }

    /// <summary>The randomness of the chain up to and with this block.</summary>
    public required Hash256 Randomness { get; init; }

    /// <summary>The <see cref="EpochSets"/>, in the first block of an epoch; empty in others.</summary>
    public required ReadOnlyMemory<byte> Sets { get; init; }

    /// <summary>The leader's, over a statement of <see cref="VoteKind.Propose"/>.</summary>
    public ReadOnlyMemory<byte> Signature { get; init; }

    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out StakeSeal? seal)
    {
        seal = null;
        var reader = new WireReader(bytes);
        if (!reader.TryReadArrayHeader(Elements)
            || !reader.TryReadUInt64(out ulong view)
            || !reader.TryReadBytes(StakeLimits.CertificateBytes, out ReadOnlyMemory<byte> certificate)
            || !reader.TryReadBytes(Vrf.ProofSize, out ReadOnlyMemory<byte> proof)
            || !reader.TryReadHash(out Hash256 randomness)
            || !reader.TryReadBytes(StakeLimits.SetBytes + 64, out ReadOnlyMemory<byte> sets)
            || !reader.TryReadBytes(Ed25519.SignatureSize, out ReadOnlyMemory<byte> signature)
            || !reader.TryEnd())
        {
            return false;
        }

        seal = new StakeSeal
        {
            View = new View(view),
            ParentCertificate = certificate,
            Proof = proof,
            Randomness = randomness,
            Sets = sets,
            Signature = signature,
        };
        return true;
    }

    public byte[] Encode() => Write(Signature.Span).ToArray();

    /// <summary>What the leader signs for a block of these fields and this seal.</summary>
    public Statement Proposal(in HeaderFields fields)
    {
        Hash256 unsealed = BlockHeader.UnsealedHash(in fields);
        ReadOnlyMemory<byte> rest = Write(default).Written;
        return new Statement(VoteKind.Propose, View, ProposalDomain.Hash(Hash256.AsSpan(in unsealed), rest.Span));
    }

    /// <summary>What the leader signs to propose, in a later view, the block again that ends an epoch.</summary>
    public static Statement Repeat(View view, BlockId block)
    {
        Hash256 id = block.Value;
        return new Statement(VoteKind.Propose, view, RepeatDomain.Hash(Hash256.AsSpan(in id)));
    }

    public StakeSeal With(ReadOnlyMemory<byte> signature) => new()
    {
        View = View,
        ParentCertificate = ParentCertificate,
        Proof = Proof,
        Randomness = Randomness,
        Sets = Sets,
        Signature = signature,
    };

    private WireWriter Write(ReadOnlySpan<byte> signature)
    {
        Hash256 randomness = Randomness;
        return new WireWriter(256 + ParentCertificate.Length + Sets.Length).ArrayHeader(Elements)
            .UInt64(View.Value)
            .Bytes(ParentCertificate.Span)
            .Bytes(Proof.Span)
            .Hash(in randomness)
            .Bytes(Sets.Span)
            .Bytes(signature);
    }
}
