using System.Diagnostics;

namespace Chain.Core.Benchmarks.Network;

/// <summary>
/// Starts this program once more, or another of the repository, to be spoken with in lines. Its garbage is collected beside its work, as
/// by default in every host; here it is not, so that a thread's CPU time is its own.
/// </summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments) =>
        IsDotnetHost ? StartProgram(typeof(ChildProcess).Assembly.Location, arguments) : Start(Environment.ProcessPath!, arguments);

    /// <summary>Starts a built program from its assembly.</summary>
    public static Process StartProgram(string assembly, params string[] arguments) =>
        Start(IsDotnetHost ? Environment.ProcessPath! : "dotnet", [assembly, .. arguments]);

    private static bool IsDotnetHost => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        Environment = { ["DOTNET_gcConcurrent"] = "1" },
    })!;
}
