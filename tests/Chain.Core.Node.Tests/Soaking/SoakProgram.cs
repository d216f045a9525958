using System.Diagnostics;
using Chain.Core.Soak;

namespace Chain.Core.Node.Tests.Soaking;

/// <summary>The program that runs fleets of processes for hours, for as long as a test has time.</summary>
internal static class SoakProgram
{
    /// <summary>Runs it with these options over a folder of its own.</summary>
    /// <returns>The exit code, and all that it said.</returns>
    public static async Task<(int Exit, string Told)> RunAsync(params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("chain-core-soak-").FullName;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SoakKind).Assembly.Location, .. options, "--data", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> told = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return (process.ExitCode, await told + errors);
    }
}
