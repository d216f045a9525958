using System.Diagnostics;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Starts this test program as a process of its own.</summary>
internal static class ChildProcess
{
    /// <param name="shell">Commands that a shell runs first in the same process, such as limits; null for none.</param>
    /// <param name="arguments">What <see cref="Program"/> takes.</param>
    internal static Process Start(string? shell, params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [host, "exec", typeof(ChildProcess).Assembly.Location, .. arguments];
        var start = new ProcessStartInfo(shell is null ? host : "/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in shell is null ? command[1..] : ["-c", shell + "; exec \"$@\"", "sh", .. command])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
