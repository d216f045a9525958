using System.Diagnostics;
using System.Globalization;
using Chain.Core.Soak;
using Chain.Core.Testing;

namespace Chain.Core.Node.Tests.Network;

/// <summary>FAULTS row 50: real processes in network namespaces, by the program that also runs for hours.</summary>
public sealed class NamespaceTests
{
    /// <summary>An hour with a factor of 1.</summary>
    private static int Seconds => LongRun.Count(36, 3600);

    [CommandFact("unshare --net true", "ip -V", "tc -V", "nft --version")]
    [Trait("Fault", "50")]
    public async Task Fault50_SevenValidatorsWithSplitsLossAndKills_NeverForkAndAgreeInTime()
    {
        string folder = Directory.CreateTempSubdirectory("chain-core-namespaces-").FullName;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [
            typeof(SoakKind).Assembly.Location, "namespaces", "--nodes", "7", "--rate", "20", "--seed", "50", "--data", folder,
            "--duration", string.Create(CultureInfo.InvariantCulture, $"{Seconds}s")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        Task<string> told = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await told + errors);
        Assert.Contains("violations 0", await told, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
