using System.Diagnostics;
using Chain.Core.App.Testnet;

namespace Chain.Core.Benchmarks.Network;

/// <summary>
/// Starts this program once more, or another of the repository, to be spoken with in lines. Its garbage is collected beside its work, as
/// by default in every host; here it is not, so that a thread's CPU time is its own.
/// </summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments) =>
        Start(OwnProgram.Command[0], [.. OwnProgram.Command.Skip(1), .. arguments]);

    /// <summary>Starts a built program from its assembly.</summary>
    public static Process StartProgram(string assembly, params string[] arguments) =>
        Start(OwnProgram.Command is [var host, _] ? host : "dotnet", [assembly, .. arguments]);

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["DOTNET_gcConcurrent"] = "1" },
    })!;
}
