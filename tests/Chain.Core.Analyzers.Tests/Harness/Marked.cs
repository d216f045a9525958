using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Chain.Core.Analyzers.Tests.Harness;

/// <summary>Code whose findings are marked: <c>[|DateTime.Now|]</c>.</summary>
internal sealed record Marked(string Code, IReadOnlyList<TextSpan> Spans)
{
    private const string Open = "[|", Close = "|]";

    public static Marked Parse(string text)
    {
        var code = new StringBuilder();
        var spans = new List<TextSpan>();
        int at = 0;
        while (text.IndexOf(Open, at, StringComparison.Ordinal) is var open and >= 0)
        {
            int close = text.IndexOf(Close, open, StringComparison.Ordinal);
            code.Append(text, at, open - at);
            spans.Add(new TextSpan(code.Length, close - open - Open.Length));
            code.Append(text, open + Open.Length, close - open - Open.Length);
            at = close + Close.Length;
        }

        return new Marked(code.Append(text, at, text.Length - at).ToString(), spans);
    }
}
