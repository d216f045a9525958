using System.Runtime.InteropServices;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// Takes note of what code reads from a state, so that these keys can be hashed together, which takes a fraction of
/// hashing them one by one. Whoever asks is told that nothing is there.
/// </summary>
internal sealed class AskedKeys : IStateReader, IKeyRoom
{
    private readonly List<string> _modules = [];
    private readonly List<Range> _places = [];
    private Hash256[] _hashes = [];
    private byte[] _keys = new byte[4096];
    private int _length;

    public int Count => _places.Count;

    WireWriter IKeyRoom.KeyRoom { get; } = new(64);

    public string ModuleOf(int index) => _modules[index];

    public ReadOnlySpan<byte> KeyOf(int index) => _keys.AsSpan(_places[index]);

    /// <summary>The hashes of all keys, in the order in which they were asked for; valid until this is called again.</summary>
    public ReadOnlySpan<Hash256> Hash()
    {
        if (_hashes.Length < Count)
        {
            _hashes = new Hash256[Count];
        }

        Span<Hash256> hashes = _hashes.AsSpan(0, Count);
        StateHashes.KeyDomain.HashRanges(_keys.AsSpan(0, _length), CollectionsMarshal.AsSpan(_places), hashes);
        return hashes;
    }

    /// <summary>Makes ready for others.</summary>
    public void Clear()
    {
        _modules.Clear();
        _places.Clear();
        _length = 0;
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
        _modules.Add(module);
        _length += key.Length;
        value = default;
        return false;
    }
}
