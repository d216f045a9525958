using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>
/// Signs for the consensus engine, and never two messages at one mark: the mark and the message are durable before
/// the signature leaves, because every effect after them waits for the disk. The same message at the same mark is
/// signed again, or a vote that a crash kept from leaving would be lost for ever.
/// </summary>
/// <remarks>
/// The marks stand in the store. Against a store that is older than the key's last signature stand: the witness, where
/// there is one; the signer record, without which a store that holds a chain or none signs nothing; and signatures of
/// this key that come back from the network (<see cref="Learn"/>).
/// </remarks>
internal sealed class SigningGuard
{
    private readonly ISigner? _signer;
    private readonly ISigningWitness? _witness;
    private readonly SortedDictionary<byte, SigningMark> _marks = [];
    private readonly SignerRecord? _toRecord;

    public SigningGuard(
        ISigner? signer, ISigningWitness? witness, bool signerIsNew, SignerRecord? stored, IReadOnlyList<SigningMark> recovered)
    {
        _signer = signer;
        _witness = witness;
        Raise(recovered);
        IReadOnlyList<SigningMark>? witnessed = witness?.Read();
        Raise(witnessed ?? []);
        Standing = Judge(signer, witness, witnessed, signerIsNew, stored);
        StoreIsBehind = witnessed is not null && witnessed.Any(mark => !recovered.Any(own => own.Purpose == mark.Purpose && own.Watermark >= mark.Watermark));
        _toRecord = Standing == SignerStanding.Signs ? SignerRecord.Of(signer!, witness is not null) : null;
        _toRecord = _toRecord == stored ? null : _toRecord;
    }

    /// <summary>Whether it signs.</summary>
    public SignerStanding Standing { get; }

    /// <summary>
    /// Whether the witness knows of signatures that the store does not. It is one mark ahead where a crash fell between the
    /// two, and more where the store is an old copy.
    /// </summary>
    public bool StoreIsBehind { get; }

    /// <summary>The marks, in ascending order of purpose.</summary>
    public IReadOnlyList<SigningMark> Marks => [.. _marks.Values];

    /// <summary>Records at the start which key the store is signed from with.</summary>
    public void Start(IEffects effects)
    {
        if (_toRecord is not { } record)
        {
            return;
        }

        _witness?.Record(Marks);
        var batch = new WriteBatch();
        ChainRecords.WriteSigner(batch, in record);
        foreach (SigningMark mark in _marks.Values)
        {
            ChainRecords.WriteSigningMark(batch, in mark);
        }

        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
    }

    /// <summary>Signs and returns true, or refuses: it does not sign at all, below the last mark, or another message at it.</summary>
    public bool TrySign(byte purpose, ulong watermark, Hash256 message, IEffects effects, out byte[] signature)
    {
        signature = [];
        var mark = new SigningMark(purpose, watermark, message);
        bool marked = _marks.TryGetValue(purpose, out SigningMark last);
        bool again = marked && mark == last && message != default;
        if (Standing != SignerStanding.Signs || (marked && watermark <= last.Watermark && !again))
        {
            return false;
        }

        if (!again)
        {
            Move(in mark, effects);
        }

        signature = _signer!.Sign(Hash256.AsSpan(in message));
        return true;
    }

    /// <summary>
    /// A signature of this node's key was seen that its marks do not know: another copy of the node made it, or an earlier
    /// life of which the store was lost. Nothing at or below it is signed any more.
    /// </summary>
    /// <returns>Whether it was news.</returns>
    public bool Learn(byte purpose, ulong watermark, IEffects effects)
    {
        if (_marks.TryGetValue(purpose, out SigningMark last) && last.Watermark >= watermark)
        {
            return false;
        }

        Move(new SigningMark(purpose, watermark, default), effects);
        return true;
    }

    private static SignerStanding Judge(
        ISigner? signer, ISigningWitness? witness, IReadOnlyList<SigningMark>? witnessed, bool signerIsNew, SignerRecord? stored)
    {
        if (signer is null)
        {
            return SignerStanding.NoKey;
        }

        if (witnessed is not null)
        {
            return SignerStanding.Signs;
        }

        SignerRecord own = SignerRecord.Of(signer, witness is not null);
        if (stored is { } record && record.Key == own.Key)
        {
            return record.HasWitness ? SignerStanding.WitnessLost : SignerStanding.Signs;
        }

        return signerIsNew ? SignerStanding.Signs : SignerStanding.UnknownKey;
    }

    private void Move(in SigningMark mark, IEffects effects)
    {
        _marks[mark.Purpose] = mark;
        _witness?.Record(Marks);
        var batch = new WriteBatch();
        ChainRecords.WriteSigningMark(batch, in mark);
        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
    }

    private void Raise(IReadOnlyList<SigningMark> marks)
    {
        foreach (SigningMark mark in marks)
        {
            if (!_marks.TryGetValue(mark.Purpose, out SigningMark last) || last.Watermark < mark.Watermark)
            {
                _marks[mark.Purpose] = mark;
            }
        }
    }
}
