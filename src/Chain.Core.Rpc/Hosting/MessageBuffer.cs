using System.Buffers;
using System.Net;

namespace Chain.Core.Rpc;

/// <summary>Collects a message up to a limit, in memory that is given back.</summary>
internal sealed class MessageBuffer(int first, int limit, MessageMemory memory, IPAddress? sender) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(int.Min(first, limit));
    private int _length;
    private long _taken;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Where to write next; not empty after <see cref="TryMakeRoom"/>.</summary>
    public Memory<byte> Room => _bytes.AsMemory(_length, int.Min(_bytes.Length, limit + 1) - _length);

    /// <summary>Makes room for at least one more byte; false where the message is over the limit, or no memory is left for it.</summary>
    public bool TryMakeRoom()
    {
        if (_length > limit)
        {
            return false;
        }

        if (_length == _bytes.Length)
        {
            int wanted = (int)long.Min(2L * _length, limit + 1L);
            long cost = MessageMemory.CostOf(int.Min(wanted, limit));
            if (!memory.TryTake(sender, cost - _taken))
            {
                return false;
            }

            _taken = cost;
            byte[] larger = ArrayPool<byte>.Shared.Rent(wanted);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return true;
    }

    public void Advance(int count) => _length += count;

    /// <summary>Whether it holds more than the limit.</summary>
    public bool IsOverLimit => _length > limit;

    public void Dispose()
    {
        memory.Free(sender, _taken);
        _taken = 0;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }
}
