namespace Chain.Core.Cli.Tests;

/// <summary>What cannot be is said in at most three lines, with a code, and ends with exit code 78.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData("lab rnu", "CC2001", "rnu")]
    [InlineData("lab run --nodez 3", "CC2001", "--nodes")]
    [InlineData("lab run --nodes x", "CC2003", "--nodes")]
    [InlineData("lab run --nodes 0", "CC2003", "nodes")]
    [InlineData("lab run --duration 30", "CC2003", "--duration")]
    [InlineData("lab run --seed 1..x", "CC2003", "--seed")]
    [InlineData("lab run --network wan5", "CC2003", "wan-5")]
    [InlineData("lab run --bandwidth fast", "CC2003", "--bandwidth")]
    [InlineData("lab run --topology star", "CC2003", "hubandspoke")]
    [InlineData("lab run --power 0,1", "CC2003", "--power")]
    [InlineData("lab run --engines pwo", "CC2103", "did you mean")]
    [InlineData("lab run --engines pow:spaceing=3s", "CC2103", "did you mean spacing")]
    [InlineData("lab run --engines pow:spacing=fast --no-files", "CC2103", "spacing")]
    [InlineData("lab run --engines ./nothing.dll", "CC2104", "nothing.dll")]
    [InlineData("lab run --scenario churm", "CC2105", "did you mean churn")]
    [InlineData("lab replay nowhere.json", "CC2106", "nowhere.json")]
    [InlineData("lab reproduce gravity", "CC2003", "selfish-mining")]
    [InlineData("lab sweep --rates 5", "CC2003", "--rate")]
    public void Run_WhatCannotBe_IsExplainedInThreeLines(string line, string code, string hint)
    {
        (int exit, _, string errors) = Tool.Run(line.Split(' '));

        Assert.Equal(78, exit);
        Assert.StartsWith(code, errors, StringComparison.Ordinal);
        Assert.Contains(hint, errors, StringComparison.Ordinal);
        Assert.InRange(errors.TrimEnd().Split('\n').Length, 1, 3);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AssemblyWithoutAnEngine_IsNamed()
    {
        (int exit, _, string errors) = Tool.Run("lab", "run", "--engines", typeof(Chain.Core.Wire.Block).Assembly.Location);

        Assert.Equal(78, exit);
        Assert.StartsWith("CC2104", errors, StringComparison.Ordinal);
    }
}
