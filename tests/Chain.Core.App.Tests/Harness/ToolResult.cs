namespace Chain.Core.App.Tests;

/// <summary>What a command line ended with.</summary>
internal sealed record ToolResult(int Exit, string Output, string Errors)
{
    /// <summary>Holds the mistake to what every face keeps to.</summary>
    public void IsMistake(string code, string hint, int exit = 78)
    {
        Assert.Equal(exit, Exit);
        Assert.StartsWith(code, Errors, StringComparison.Ordinal);
        Assert.InRange(Errors.TrimEnd().Split('\n').Length, 1, 3);
        IsMistakeAtTheEnd(code, hint, exit);
    }

    /// <summary>The same after lines of the log.</summary>
    public void IsMistakeAtTheEnd(string code, string hint, int exit = 78)
    {
        Assert.Equal(exit, Exit);
        Assert.Contains($"{code} ", Errors, StringComparison.Ordinal);
        Assert.Contains(hint, Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
    }
}
