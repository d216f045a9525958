using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>
/// Signs for the consensus engine, and never twice at one watermark: the mark is durable before the signature
/// leaves, because every effect after it waits for the disk.
/// </summary>
internal sealed class SigningGuard
{
    private readonly ISigner? _signer;
    private readonly SortedDictionary<byte, ulong> _marks = [];

    public SigningGuard(ISigner? signer, IEnumerable<(ulong Purpose, ulong Watermark)> recovered)
    {
        _signer = signer;
        foreach ((ulong purpose, ulong watermark) in recovered)
        {
            _marks[(byte)purpose] = watermark;
        }
    }

    /// <summary>Signs and returns true, or refuses: no key, or a mark that is not above the last one.</summary>
    public bool TrySign(byte purpose, ulong watermark, Hash256 message, IEffects effects, out byte[] signature)
    {
        signature = [];
        if (_signer is null || (_marks.TryGetValue(purpose, out ulong mark) && watermark <= mark))
        {
            return false;
        }

        _marks[purpose] = watermark;
        var batch = new WriteBatch();
        ChainRecords.WriteWatermark(batch, purpose, watermark);
        effects.Write(batch, Durability.Durable);
        effects.HoldUntilDurable();
        signature = _signer.Sign(Hash256.AsSpan(in message));
        return true;
    }
}
