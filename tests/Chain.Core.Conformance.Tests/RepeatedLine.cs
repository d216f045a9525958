using System.Text;

namespace Chain.Core.Conformance.Tests;

/// <summary>One line many times, without keeping them.</summary>
internal sealed class RepeatedLine(string line, int count) : MemoryStream
{
    private readonly byte[] _line = Encoding.UTF8.GetBytes(line + "\n");
    private long _sent;

    public override int Read(byte[] buffer, int offset, int wanted)
    {
        int length = (int)Math.Min(wanted, ((long)_line.Length * count) - _sent);
        for (int i = 0; i < length; i++)
        {
            buffer[offset + i] = _line[_sent++ % _line.Length];
        }

        return length;
    }
}
