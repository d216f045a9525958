using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Takes note of what code reads from a state, so that these keys can be hashed together, which takes a fraction of
/// hashing them one by one. Whoever asks is told that nothing is there.
/// </summary>
internal sealed class AskedKeys : IStateReader, IKeyRoom
{
    private readonly List<(string Module, Range Key)> _asked = [];
    private readonly List<Range> _places = [];
    private byte[] _keys = new byte[4096];
    private int _length;

    public int Count => _asked.Count;

    WireWriter IKeyRoom.KeyRoom { get; } = new(64);

    public string ModuleOf(int index) => _asked[index].Module;

    public ReadOnlySpan<byte> KeyOf(int index) => _keys.AsSpan(_asked[index].Key);

    /// <summary>The hashes of all keys, in the order in which they were asked for.</summary>
    public Hash256[] Hash()
    {
        var hashes = new Hash256[_asked.Count];
        StateHashes.KeyDomain.HashRanges(
            _keys.AsSpan(0, _length), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places), hashes);
        return hashes;
    }

    /// <inheritdoc/>
    public bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        if (_keys.Length - _length < key.Length)
        {
            Array.Resize(ref _keys, int.Max(2 * _keys.Length, _length + key.Length));
        }

        key.CopyTo(_keys.AsSpan(_length));
        _places.Add(_length..(_length + key.Length));
        _asked.Add((module, _places[^1]));
        _length += key.Length;
        value = default;
        return false;
    }
}
