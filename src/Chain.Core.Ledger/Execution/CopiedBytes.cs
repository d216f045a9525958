namespace Chain.Core.Ledger;

/// <summary>
/// Copies of the small things of a block, many to an array: each would be an object to the collector. One that is kept
/// keeps its whole array, so that only what is kept and dropped together may be copied to one of these.
/// </summary>
internal sealed class CopiedBytes
{
    private const int FirstArrayBytes = 1024; // enough for a block of a few transactions
    private const int MostArrayBytes = 16 * 1024;
    private const int LongestShared = 512;

    private byte[] _array = [];
    private int _used;

    /// <summary>The same for what others copied here: what has an array of its own keeps it.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> copied) => copied.Length > LongestShared ? copied : Copy(copied.Span);

    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestShared)
        {
            return bytes.ToArray();
        }

        if (_array.Length - _used < bytes.Length)
        {
            _array = new byte[int.Clamp(2 * _array.Length, FirstArrayBytes, MostArrayBytes)];
            _used = 0;
        }

        Memory<byte> copy = _array.AsMemory(_used, bytes.Length);
        bytes.CopyTo(copy.Span);
        _used += bytes.Length;
        return copy;
    }
}
