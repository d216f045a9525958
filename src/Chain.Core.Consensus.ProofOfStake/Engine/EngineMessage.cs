using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>A message of one engine to another: <c>[tag, body]</c>.</summary>
internal abstract record EngineMessage
{
    private const byte VoteTag = 1;
    private const byte CertificateTag = 2;
    private const byte StatusTag = 3;
    private const byte RepeatTag = 4;

    public sealed record OfVote(Vote Vote) : EngineMessage;

    public sealed record OfCertificate(Certificate Certificate) : EngineMessage;

    /// <summary>Where a node is.</summary>
    /// <param name="View">The view that it is in.</param>
    /// <param name="Finalized">The newest view that it knows to be final.</param>
    /// <param name="Missing">A view whose nullification it lacks to propose, or to vote for a proposal; <see cref="View.Genesis"/> for none.</param>
    public sealed record Status(View View, View Finalized, View Missing) : EngineMessage;

    /// <summary>A leader proposes the block that ends the epoch again.</summary>
    public sealed record Repeat(View View, BlockId Block, ReadOnlyMemory<byte> Signature) : EngineMessage;

    public static ReadOnlyMemory<byte> Encode(EngineMessage message)
    {
        var writer = new WireWriter(message is OfCertificate large ? 16 + large.Certificate.Encoded.Length : 256);
        writer.ArrayHeader(2);
        switch (message)
        {
            case OfVote of:
                of.Vote.Write(writer.UInt64(VoteTag));
                break;
            case OfCertificate of:
                writer.UInt64(CertificateTag).Bytes(of.Certificate.Encoded.Span);
                break;
            case Status status:
                writer.UInt64(StatusTag).ArrayHeader(3)
                    .UInt64(status.View.Value).UInt64(status.Finalized.Value).UInt64(status.Missing.Value);
                break;
            case Repeat repeat:
                Hash256 block = repeat.Block.Value;
                writer.UInt64(RepeatTag).ArrayHeader(3).UInt64(repeat.View.Value).Hash(in block).Bytes(repeat.Signature.Span);
                break;
        }

        return writer.Written;
    }

    /// <summary>Reads a vote without making an object of it; false for any other message.</summary>
    public static bool TryReadVote(ReadOnlyMemory<byte> payload, out Vote vote)
    {
        var reader = new WireReader(payload);
        vote = default;
        return reader.TryReadArrayHeader(2)
            && reader.TryReadByte(out byte tag)
            && tag == VoteTag
            && Vote.TryRead(ref reader, out vote)
            && reader.TryEnd();
    }

    /// <summary>Reads what a certificate is for, and not whether the rest of it is one; false for any other message.</summary>
    public static bool TryReadCertified(ReadOnlyMemory<byte> payload, out Statement statement)
    {
        var reader = new WireReader(payload);
        statement = default;
        return reader.TryReadArrayHeader(2)
            && reader.TryReadByte(out byte tag)
            && tag == CertificateTag
            && reader.TryReadBytes(StakeLimits.CertificateBytes, out ReadOnlyMemory<byte> certificate)
            && Certificate.TryReadStatement(certificate, out statement);
    }

    public static EngineMessage? Decode(ReadOnlyMemory<byte> payload)
    {
        var reader = new WireReader(payload);
        if (!reader.TryReadArrayHeader(2) || !reader.TryReadByte(out byte tag))
        {
            return null;
        }

        EngineMessage? message = tag switch
        {
            VoteTag => Vote.TryRead(ref reader, out Vote vote) ? new OfVote(vote) : null,
            CertificateTag => ReadCertificate(ref reader),
            StatusTag => ReadStatus(ref reader),
            RepeatTag => ReadRepeat(ref reader),
            _ => null,
        };
        return message is not null && reader.TryEnd() ? message : null;
    }

    private static OfCertificate? ReadCertificate(ref WireReader reader) =>
        reader.TryReadBytes(StakeLimits.CertificateBytes, out ReadOnlyMemory<byte> bytes)
        && Certificate.TryDecode(bytes, out Certificate? certificate)
            ? new OfCertificate(certificate)
            : null;

    private static Status? ReadStatus(ref WireReader reader) =>
        reader.TryReadArrayHeader(3)
        && reader.TryReadUInt64(out ulong view)
        && reader.TryReadUInt64(out ulong finalized)
        && reader.TryReadUInt64(out ulong missing)
            ? new Status(new View(view), new View(finalized), new View(missing))
            : null;

    private static Repeat? ReadRepeat(ref WireReader reader) =>
        reader.TryReadArrayHeader(3)
        && reader.TryReadUInt64(out ulong view)
        && reader.TryReadHash(out Hash256 block)
        && reader.TryReadExactBytes(Ed25519.SignatureSize, out ReadOnlyMemory<byte> signature)
            ? new Repeat(new View(view), new BlockId(block), signature)
            : null;
}
