using System.Text;

namespace Chain.Core.Conformance.Tests;

/// <summary>Sends the next request only after the last one was answered.</summary>
internal sealed class WaitingCaller(string[] requests) : MemoryStream
{
    private int _sent;

    public MemoryStream Answers { get; } = new();

    public string[] AnswerLines => Encoding.UTF8.GetString(Answers.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override int Read(byte[] buffer, int offset, int count)
    {
        Assert.Equal(_sent, AnswerLines.Length);
        return _sent == requests.Length ? 0 : Encoding.UTF8.GetBytes(requests[_sent++] + "\n", buffer.AsSpan(offset, count));
    }

    protected override void Dispose(bool disposing)
    {
        Answers.Dispose();
        base.Dispose(disposing);
    }
}
