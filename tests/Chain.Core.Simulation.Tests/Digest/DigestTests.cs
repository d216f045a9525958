using System.Diagnostics;
using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Simulation.DigestProbe;
using Chain.Core.Testing;

namespace Chain.Core.Simulation.Tests.Digest;

public class DigestTests
{
    [Fact]
    public void Run_SameSeed_SameDigest() => Assert.Equal(DigestScenario.Run(11), DigestScenario.Run(11));

    [Fact]
    public void Run_OtherSeed_OtherDigest() => Assert.NotEqual(DigestScenario.Run(11), DigestScenario.Run(12));

    [Fact]
    public void Run_OtherInputs_OtherDigest() => Assert.NotEqual(DigestScenario.Run(11), DigestScenario.Run(11, transfers: false));

    [Fact]
    public async Task Run_TwoProcesses_OtherCollectorCompilerCultureAndZone_SameDigests()
    {
        string last = LongRun.Count(2, 1000).ToString(CultureInfo.InvariantCulture);
        Task<string> plain = RunProbeAsync([last], new Dictionary<string, string?>
        {
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_TieredPGO"] = "1",
            ["TZ"] = "UTC",
        });
        Task<string> odd = RunProbeAsync([last, "odd"], new Dictionary<string, string?>
        {
            ["DOTNET_gcServer"] = "1",
            ["DOTNET_TieredCompilation"] = "0",
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_ReadyToRun"] = "0",
            ["LC_ALL"] = "tr_TR.UTF-8",
            ["TZ"] = "Asia/Kathmandu",
        });

        string[] lines = (await plain).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(LongRun.Count(2, 1000), lines.Length);
        Assert.Equal(lines.Length, lines.Select(line => line.Split(' ')[1]).Distinct().Count());
        Assert.Equal(await plain, await odd);
        Hash256 here = DigestScenario.Run(1);
        Assert.Equal($"1 {here}", lines[0].TrimEnd());
    }

    private static async Task<string> RunProbeAsync(string[] arguments, Dictionary<string, string?> environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(DigestScenario).Assembly.Location, "1", .. arguments])
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
