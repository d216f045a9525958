using System.Net;

namespace Chain.Core.Rpc;

/// <summary>
/// Counts the memory of messages that are not small: requests that have not all arrived, and answers that are not all taken. One
/// client address has a part of it at most, so that clients that stop in the middle leave room for others.
/// </summary>
internal sealed class MessageMemory(LiveOptions live)
{
    /// <summary>One address has at most this part of it.</summary>
    private const int Part = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, long> _ofAddress = [];
    private long _taken;

    /// <summary>How much is taken, in bytes.</summary>
    public long Taken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>What a request or an answer of this length has of it: nothing where it is small.</summary>
    public static long CostOf(long bytes) => bytes <= ResponseBuffer.KeptBytes ? 0 : bytes;

    /// <summary>Whether an address may begin something whose answer may be long.</summary>
    public bool HasRoom(IPAddress? address)
    {
        lock (_gate)
        {
            return IsWithin(KeyOf(address), 1);
        }
    }

    /// <summary>Takes so many bytes for an address; false where there are not so many left.</summary>
    public bool TryTake(IPAddress? address, long bytes)
    {
        IPAddress key = KeyOf(address);
        lock (_gate)
        {
            if (!IsWithin(key, bytes))
            {
                return false;
            }

            Add(key, bytes);
            return true;
        }
    }

    /// <summary>Takes so many bytes that are in use already.</summary>
    public void Take(IPAddress? address, long bytes)
    {
        lock (_gate)
        {
            Add(KeyOf(address), bytes);
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Free(IPAddress? address, long bytes)
    {
        lock (_gate)
        {
            Add(KeyOf(address), -bytes);
        }
    }

    private static IPAddress KeyOf(IPAddress? address) => ClientAllowances.KeyOf(address) ?? IPAddress.None;

    private bool IsWithin(IPAddress key, long more)
    {
        long most = live.Current.MaxBufferedBytes;
        return _taken + more <= most && _ofAddress.GetValueOrDefault(key) + more <= most / Part;
    }

    private void Add(IPAddress key, long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        _taken += bytes;
        long left = _ofAddress.GetValueOrDefault(key) + bytes;
        if (left == 0)
        {
            _ofAddress.Remove(key);
        }
        else
        {
            _ofAddress[key] = left;
        }
    }
}
