using System.Text;

namespace Chain.Core.Conformance.Tests;

/// <summary>One line many times, without keeping them.</summary>
internal sealed class RepeatedLine(string line, int count) : MemoryStream
{
    private readonly byte[] _line = Encoding.UTF8.GetBytes(line + "\n");
    private long _sent;

    public override int Read(byte[] buffer, int offset, int wanted)
    {
        int start = (int)(_sent % _line.Length);
        long left = ((long)_line.Length * count) - _sent;
        int length = (int)Math.Min(Math.Min(wanted, _line.Length - start), left);
        _line.AsSpan(start, length).CopyTo(buffer.AsSpan(offset));
        _sent += length;
        return length;
    }
}
