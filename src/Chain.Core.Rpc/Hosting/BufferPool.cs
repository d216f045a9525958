using System.Collections.Concurrent;

namespace Chain.Core.Rpc;

/// <summary>Buffers for answers, used again. Bounded: what is over the bound is left to the collector.</summary>
internal sealed class BufferPool(int capacity)
{
    private readonly ConcurrentQueue<ResponseBuffer> _free = new();
    private int _count;

    public ResponseBuffer Get()
    {
        if (_free.TryDequeue(out ResponseBuffer? buffer))
        {
            Interlocked.Decrement(ref _count);
            return buffer;
        }

        return new ResponseBuffer();
    }

    public void Return(ResponseBuffer buffer)
    {
        buffer.Clear();
        if (Interlocked.Increment(ref _count) <= capacity)
        {
            _free.Enqueue(buffer);
        }
        else
        {
            Interlocked.Decrement(ref _count);
            buffer.Dispose();
        }
    }
}
