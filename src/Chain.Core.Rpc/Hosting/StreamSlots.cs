namespace Chain.Core.Rpc;

/// <summary>Counts connections that stay, up to a limit; where it is lowered, those that are there may stay.</summary>
internal sealed class StreamSlots(LiveOptions options)
{
    private int _taken;

    /// <summary>How many are taken.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= options.Current.MaxStreams)
        {
            return true;
        }

        Free();
        return false;
    }

    public void Free() => Interlocked.Decrement(ref _taken);
}
