using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Chain.Core.Testing;

/// <summary>A fact that needs commands of the machine; skipped, with the reason, where one does not run.</summary>
public sealed class CommandFactAttribute : FactAttribute
{
    public CommandFactAttribute(params string[] commands)
    {
        Commands = commands;
        Skip = commands.FirstOrDefault(static command => !Runs(command)) is { } missing ? $"This machine cannot run: {missing}" : null;
    }

    public IReadOnlyList<string> Commands { get; }

    private static bool Runs(string command)
    {
        string[] words = command.Split(' ');
        try
        {
            var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
