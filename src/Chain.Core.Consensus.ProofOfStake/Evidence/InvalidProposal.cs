using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// A header that its leader signed although it can be valid on no chain: with a certificate of another block than its
/// parent, a view of another epoch, and the like. Canonical form: <c>[2, key, header]</c>.
/// </summary>
/// <param name="Offender">Whose signature the seal carries.</param>
/// <param name="Header">The header.</param>
internal sealed record InvalidProposal(ValidatorKey Offender, BlockHeader Header)
{
    internal const byte Tag = 2;

    /// <summary>A header is refused above this: a transaction must have room for it.</summary>
    private const int MaxHeaderBytes = 40 * 1024;

    public byte[] Encode() => new WireWriter(128 + Header.Encoded.Length)
        .ArrayHeader(3).UInt64(Tag).Bytes(Offender.PublicKey.Span).Bytes(Header.Encoded.Span).ToArray();

    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out InvalidProposal? proof)
    {
        proof = null;
        var reader = new WireReader(bytes);
        if (!reader.TryReadArrayHeader(3)
            || !reader.TryReadByte(out byte tag)
            || tag != Tag
            || !reader.TryReadExactBytes(Ed25519.PublicKeySize, out ReadOnlyMemory<byte> key)
            || !reader.TryReadBytes(MaxHeaderBytes, out ReadOnlyMemory<byte> encoded)
            || !reader.TryEnd())
        {
            return false;
        }

        var inner = new WireReader(encoded);
        if (!BlockHeader.TryRead(ref inner, out BlockHeader? header) || !inner.TryEnd())
        {
            return false;
        }

        proof = new InvalidProposal(new ValidatorKey(SignatureSchemeTag.Ed25519, key.ToArray()), header);
        return true;
    }

    /// <summary>The view that the seal names; false where it is no seal.</summary>
    public bool TryReadView(out View view)
    {
        bool read = StakeSeal.TryDecode(Header.Seal, out StakeSeal? seal);
        view = seal?.View ?? default;
        return read;
    }

    /// <summary>Whether the offender signed the header, and it is wrong by itself.</summary>
    public bool Verify(EpochSchedule schedule, BlockId genesis)
    {
        if (!StakeSeal.TryDecode(Header.Seal, out StakeSeal? seal) || HeaderForm.Check(Header, seal, schedule, new SetReader(), genesis) is null)
        {
            return false;
        }

        Hash256 message = seal.Proposal(Header.Fields).SigningHash(genesis);
        return Ed25519.Verify(Offender.PublicKey.Span, Hash256.AsSpan(in message), seal.Signature.Span);
    }
}
