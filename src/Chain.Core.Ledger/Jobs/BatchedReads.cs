using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Reads of one state whose keys are hashed together. A first run of the same code asks for everything and is told that
/// nothing is there; a second run gets the answers. Where the second asks for something else, it is looked up alone.
/// </summary>
internal sealed class BatchedReads(ChainState state) : IStateReader, IKeyRoom
{
    private readonly AskedKeys _asked = new();
    private Hash256[]? _hashes;
    private int _next;

    WireWriter IKeyRoom.KeyRoom => ((IKeyRoom)_asked).KeyRoom;

    /// <summary>Ends the first run: what was asked for is hashed.</summary>
    public void Answer() => _hashes = _asked.Hash().ToArray();

    /// <inheritdoc/>
    public bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        if (_hashes is null)
        {
            return _asked.TryGet(module, key, out value);
        }

        return _next < _asked.Count && _asked.ModuleOf(_next) == module && _asked.KeyOf(_next).SequenceEqual(key)
            ? state.TryGet(module, in _hashes[_next++], key, out value)
            : state.TryGet(module, key, out value);
    }
}
