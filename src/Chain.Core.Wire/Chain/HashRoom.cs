using Chain.Core.Crypto;

namespace Chain.Core.Wire;

/// <summary>Collects messages end to end, for a hash of each.</summary>
/// <param name="messages">About how many there will be at a time.</param>
internal sealed class HashRoom(int messages)
{
    /// <summary>An ordinary transaction fits.</summary>
    private const int MessageBytes = 256;

    private readonly List<Range> _messages = new(messages);
    private byte[] _bytes = new byte[messages * MessageBytes];
    private Hash256[] _hashes = [];
    private int _start;
    private int _length;

    /// <summary>Appends a part of a message.</summary>
    public void Append(ReadOnlySpan<byte> part)
    {
        if (_bytes.Length - _length < part.Length)
        {
            Array.Resize(ref _bytes, int.Max(2 * _bytes.Length, _length + part.Length));
        }

        part.CopyTo(_bytes.AsSpan(_length));
        _length += part.Length;
    }

    /// <summary>Ends a message.</summary>
    public void End()
    {
        _messages.Add(_start.._length);
        _start = _length;
    }

    /// <summary>The tagged hash of each message; empties the room. Valid until the next call.</summary>
    public ReadOnlySpan<Hash256> Hash(HashDomain domain)
    {
        int count = _messages.Count;
        if (_hashes.Length < count)
        {
            _hashes = new Hash256[count];
        }

        domain.HashRanges(
            _bytes.AsSpan(0, _length), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_messages), _hashes.AsSpan(0, count));
        _messages.Clear();
        _start = 0;
        _length = 0;
        return _hashes.AsSpan(0, count);
    }
}
