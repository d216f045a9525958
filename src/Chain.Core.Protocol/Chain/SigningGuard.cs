using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>
/// Signs for the consensus engine, and never two messages at one mark: the mark and the message are durable before
/// the signature leaves, because every effect after them waits for the disk. The same message at the same mark is
/// signed again, or a vote that a crash kept from leaving would be lost for ever.
/// </summary>
internal sealed class SigningGuard
{
    private readonly ISigner? _signer;
    private readonly SortedDictionary<byte, SigningMark> _marks = [];

    public SigningGuard(ISigner? signer, IEnumerable<SigningMark> recovered)
    {
        _signer = signer;
        foreach (SigningMark mark in recovered)
        {
            _marks[mark.Purpose] = mark;
        }
    }

    /// <summary>Signs and returns true, or refuses: no key, below the last mark, or another message at it.</summary>
    public bool TrySign(byte purpose, ulong watermark, Hash256 message, IEffects effects, out byte[] signature)
    {
        signature = [];
        var mark = new SigningMark(purpose, watermark, message);
        bool marked = _marks.TryGetValue(purpose, out SigningMark last);
        bool again = marked && mark == last;
        if (_signer is null || (marked && watermark <= last.Watermark && !again))
        {
            return false;
        }

        if (!again)
        {
            _marks[purpose] = mark;
            var batch = new WriteBatch();
            ChainRecords.WriteSigningMark(batch, in mark);
            effects.Write(batch, Durability.Durable);
            effects.HoldUntilDurable();
        }

        signature = _signer.Sign(Hash256.AsSpan(in message));
        return true;
    }
}
