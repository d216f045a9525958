namespace Chain.Core.Conformance.Tests;

/// <summary>Counts the lines that are written, and forgets them.</summary>
internal sealed class LineCounter : MemoryStream
{
    public int Count { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer) => Count += buffer.Count((byte)'\n');
}
