using System.Diagnostics;

namespace Chain.Core.Benchmarks.Network;

/// <summary>Starts this program once more, to be spoken with in lines.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments)
    {
        bool isDotnetHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet";
        string[] program = isDotnetHost ? [typeof(ChildProcess).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}
