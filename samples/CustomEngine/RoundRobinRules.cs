using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace CustomEngine;

/// <summary>A block's time is the start of its slot; its seal is the signature of the authority whose slot it is.</summary>
internal sealed class RoundRobinRules(IReadOnlyList<ValidatorKey> authorities, TimeSpan slot) : IHeaderRules
{
    public ulong SlotMilliseconds { get; } = (ulong)slot.TotalMilliseconds;

    public ValidatorKey OwnerOf(UnixTime time) => authorities[(int)(time.Milliseconds / SlotMilliseconds % (ulong)authorities.Count)];

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        Hash256 message = BlockHeader.UnsealedHash(header.Fields);
        return ancestors.TryGet(1, out BlockHeader? parent) && header.Time <= parent.Time ? HeaderVerdict.TimeTooOld
            : header.Time.Milliseconds % SlotMilliseconds != 0 ? HeaderVerdict.MalformedSeal
            : header.Time > now.Plus(slot) ? HeaderVerdict.TimeTooNew
            : Ed25519.Scheme.Verify(OwnerOf(header.Time).PublicKey.Span, Hash256.AsSpan(in message), header.Seal.Span) ? HeaderVerdict.Valid
            : HeaderVerdict.InvalidSeal;
    }

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) => false;

    public UInt256 Weight(BlockHeader header) => UInt256.One;
}
