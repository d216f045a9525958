namespace Chain.Core.Ledger;

/// <summary>
/// Copies of the keys and values of a block, many to an array: the collector would visit each of them if it were an
/// object. What is copied keeps its whole array, which the state does without when it is stored whole.
/// </summary>
internal sealed class CopiedBytes
{
    private const int ArrayBytes = 16 * 1024;
    private const int LongestShared = 512;

    private byte[] _array = [];
    private int _used;

    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestShared)
        {
            return bytes.ToArray();
        }

        if (_array.Length - _used < bytes.Length)
        {
            _array = new byte[ArrayBytes];
            _used = 0;
        }

        Memory<byte> copy = _array.AsMemory(_used, bytes.Length);
        bytes.CopyTo(copy.Span);
        _used += bytes.Length;
        return copy;
    }
}
