using System.ComponentModel;
using System.Diagnostics;

namespace Chain.Core.Storage.RocksDb;

/// <summary>A fact that needs a command of the machine; skipped, with the reason, where that does not run.</summary>
public sealed class CommandFactAttribute : FactAttribute
{
    public CommandFactAttribute(string command)
    {
        Command = command;
        Skip = Runs(command) ? null : $"This machine cannot run: {command}";
    }

    public string Command { get; }

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
