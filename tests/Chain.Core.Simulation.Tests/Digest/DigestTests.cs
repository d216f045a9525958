using System.Diagnostics;
using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Simulation.DigestProbe;
using Chain.Core.Testing;

namespace Chain.Core.Simulation.Tests.Digest;

[Trait("Fault", "48")]
public class DigestTests
{
    [Fact]
    public void Run_SameSeed_SameDigest() => Assert.Equal(DigestScenario.Run(11), DigestScenario.Run(11));

    [Fact]
    public void Run_OtherSeed_OtherDigest() => Assert.NotEqual(DigestScenario.Run(11), DigestScenario.Run(12));

    [Fact]
    public void Run_OtherInputs_OtherDigest() => Assert.NotEqual(DigestScenario.Run(11), DigestScenario.Run(11, transfers: false));

    [Fact]
    public void FirstDifference_RunsThatPart_NamesTheFirstEvent()
    {
        List<string> one = Trace(11, transfers: true);
        List<string> other = Trace(11, transfers: false);

        Assert.Null(TraceRecord.FirstDifference(one, Trace(11, transfers: true)));
        string difference = TraceRecord.FirstDifference(one, other)!;
        Assert.Contains("Submitted", difference, StringComparison.Ordinal);
        Assert.Contains("2000000 n", difference, StringComparison.Ordinal);
        Assert.Contains("the end", TraceRecord.FirstDifference(one, one.Take(40))!, StringComparison.Ordinal);
    }

    private static List<string> Trace(ulong seed, bool transfers)
    {
        var lines = new List<string>();
        DigestScenario.Run(seed, transfers, record => lines.Add(record.ToString()));
        return lines;
    }

    [Fact]
    public async Task Run_TwoProcesses_OtherCollectorCompilerCultureAndZone_SameDigests()
    {
        string last = LongRun.Count(2, 1000).ToString(CultureInfo.InvariantCulture);
        Task<string> plain = RunProbeAsync(["digest", "1", last], Plain);
        Task<string> odd = RunProbeAsync(["digest", "1", last, "odd"], Odd);

        string[] lines = (await plain).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(LongRun.Count(2, 1000), lines.Length);
        Assert.Equal(lines.Length, lines.Select(line => line.Split(' ')[1]).Distinct().Count());
        if (await plain != await odd)
        {
            Assert.Fail(await NameDivergenceAsync(lines, (await odd).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }

        Hash256 here = DigestScenario.Run(1);
        Assert.Equal($"1 {here}", lines[0].TrimEnd());
    }

    private static Dictionary<string, string?> Plain => new()
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_TieredPGO"] = "1",
        ["TZ"] = "UTC",
    };

    private static Dictionary<string, string?> Odd => new()
    {
        ["DOTNET_gcServer"] = "1",
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_ReadyToRun"] = "0",
        ["LC_ALL"] = "tr_TR.UTF-8",
        ["TZ"] = "Asia/Kathmandu",
    };

    /// <summary>Runs the first seed that differs once more in both processes, and names the first event in which they part.</summary>
    private static async Task<string> NameDivergenceAsync(string[] plain, string[] odd)
    {
        string seed = plain.Zip(odd).First(static pair => pair.First != pair.Second).First.Split(' ')[0];
        string one = await RunProbeAsync(["trace", seed], Plain);
        string other = await RunProbeAsync(["trace", seed, "odd"], Odd);
        return $"seed {seed}: {TraceRecord.FirstDifference(one.Split('\n'), other.Split('\n'))}";
    }

    private static async Task<string> RunProbeAsync(string[] arguments, Dictionary<string, string?> environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(DigestScenario).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
