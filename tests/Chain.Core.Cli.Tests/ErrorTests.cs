namespace Chain.Core.Cli.Tests;

/// <summary>What cannot be is said in at most three lines, with a code, and ends with exit code 78.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData("lab rnu", "CC4001", "rnu")]
    [InlineData("lab run --nodez 3", "CC4001", "--nodes")]
    [InlineData("lab run --nodes x", "CC4002", "--nodes")]
    [InlineData("lab run --nodes 0", "CC4002", "nodes")]
    [InlineData("lab run --duration 30", "CC4002", "--duration")]
    [InlineData("lab run --seed 1..x", "CC4002", "--seed")]
    [InlineData("lab run --network wan5", "CC4002", "wan-5")]
    [InlineData("lab run --bandwidth fast", "CC4002", "--bandwidth")]
    [InlineData("lab run --topology star", "CC4002", "hubandspoke")]
    [InlineData("lab run --power 0,1", "CC4002", "--power")]
    [InlineData("lab run --engines pwo", "CC4003", "did you mean")]
    [InlineData("lab run --engines pow:spaceing=3s", "CC4003", "did you mean spacing")]
    [InlineData("lab run --engines pow:spacing=fast --no-files", "CC4003", "spacing")]
    [InlineData("lab run --engines ./nothing.dll", "CC4004", "nothing.dll")]
    [InlineData("lab run --scenario churm", "CC4005", "did you mean churn")]
    [InlineData("lab replay nowhere.json", "CC4006", "nowhere.json")]
    [InlineData("lab reproduce gravity", "CC4002", "selfish-mining")]
    [InlineData("lab sweep --rates 5", "CC4002", "--rates")]
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
        Assert.StartsWith("CC4004", errors, StringComparison.Ordinal);
    }
}
