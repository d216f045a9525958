using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace My_Turns;

/// <summary>A block belongs to the slot of its time, comes after its parent's slot, and is signed by whose turn it is.</summary>
internal sealed class My_TurnsRules(IReadOnlyList<ValidatorKey> authorities, TimeSpan slot) : IHeaderRules
{
    private readonly ulong _slotMilliseconds = (ulong)(slot.Ticks / TimeSpan.TicksPerMillisecond);

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        ulong place = SlotOf(header.Time);
        if (ancestors.TryGet(1, out BlockHeader? parent) && place <= SlotOf(parent.Time))
        {
            return HeaderVerdict.TimeTooOld;
        }

        if (place > SlotOf(now) + 1)
        {
            return HeaderVerdict.TimeTooNew;
        }

        Hash256 signed = BlockHeader.UnsealedHash(header.Fields);
        return Ed25519.Verify(AuthorityOf(place).PublicKey.Span, Hash256.AsSpan(in signed), header.Seal.Span)
            ? HeaderVerdict.Valid
            : HeaderVerdict.InvalidSeal;
    }

    // Nothing is final: a longer chain wins, and honest authorities make one block a turn.
    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators) => false;

    public UInt256 Weight(BlockHeader header) => UInt256.One;

    public ulong SlotOf(UnixTime time) => time.Milliseconds / _slotMilliseconds;

    public UnixTime StartOf(ulong place) => new(place * _slotMilliseconds);

    public ValidatorKey AuthorityOf(ulong place) => authorities[(int)(place % (ulong)authorities.Count)];
}
