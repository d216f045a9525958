namespace Chain.Core.Rpc;

/// <summary>Counts connections that stay, up to a limit.</summary>
internal sealed class StreamSlots(int limit)
{
    private int _taken;

    /// <summary>How many are taken.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limit)
        {
            return true;
        }

        Free();
        return false;
    }

    public void Free() => Interlocked.Decrement(ref _taken);
}
