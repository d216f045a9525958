using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Reads sets of validators, and remembers the last: to check the keys of a set takes longer than everything else about a
/// header, and most headers that carry one carry the same.
/// </summary>
internal sealed class SetReader
{
    private const int Kept = 4;

    private readonly Queue<(ReadOnlyMemory<byte> Encoded, StakeTable Table)> _known = new();

    /// <summary>Knows one set from the start.</summary>
    public SetReader(ReadOnlyMemory<byte> encoded, StakeTable table) => _known.Enqueue((encoded, table));

    public SetReader()
    {
    }

    /// <summary>Reads a set that <see cref="ValidatorSetCodec.TryDecode"/> accepts.</summary>
    public bool TryRead(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out StakeTable? table)
    {
        foreach ((ReadOnlyMemory<byte> known, StakeTable its) in _known)
        {
            if (known.Span.SequenceEqual(encoded.Span))
            {
                table = its;
                return true;
            }
        }

        if (!ValidatorSetCodec.TryDecode(encoded, out table))
        {
            return false;
        }

        if (_known.Count == Kept)
        {
            _known.Dequeue();
        }

        _known.Enqueue((encoded, table));
        return true;
    }
}
