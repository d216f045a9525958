using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>
/// Reads of one state whose keys are hashed together. A first run of the same code asks for everything and is told that
/// nothing is there; a second run gets the answers. Where the second asks for something else, it is looked up alone.
/// </summary>
internal sealed class BatchedReads(ChainState state) : IStateReader
{
    private readonly List<(string Module, Range Key)> _asked = [];
    private byte[] _keys = new byte[4096];
    private int _length;
    private Hash256[]? _hashes;
    private int _next;

    /// <summary>Ends the first run: what was asked for is hashed.</summary>
    public void Answer()
    {
        _hashes = new Hash256[_asked.Count];
        Range[] places = [.. _asked.Select(static asked => asked.Key)];
        StateHashes.KeyDomain.HashRanges(_keys.AsSpan(0, _length), places, _hashes);
    }

    /// <inheritdoc/>
    public bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        if (_hashes is null)
        {
            Ask(module, key);
            value = default;
            return false;
        }

        if (_next < _asked.Count && _asked[_next].Module == module && _keys.AsSpan(_asked[_next].Key).SequenceEqual(key))
        {
            return state.TryGet(module, in _hashes[_next++], key, out value);
        }

        return state.TryGet(module, key, out value);
    }

    private void Ask(string module, ReadOnlySpan<byte> key)
    {
        if (_keys.Length - _length < key.Length)
        {
            Array.Resize(ref _keys, int.Max(2 * _keys.Length, _length + key.Length));
        }

        key.CopyTo(_keys.AsSpan(_length));
        _asked.Add((module, _length..(_length + key.Length)));
        _length += key.Length;
    }
}
