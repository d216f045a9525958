using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Chain.Core.App.Errors;

namespace Chain.Core.App.Testnet;

/// <summary>Starts, finds and ends the processes of a testnet: this program's own, and no other.</summary>
internal static class TestnetProcess
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    /// <summary>Starts the process of a node and waits until it answers. It goes on when this process ends.</summary>
    public static async Task<TestnetNodeState> StartAsync(TestnetFolder folder, TestnetNodeState node, CancellationToken cancelled)
    {
        using var process = new Process { StartInfo = Describe(folder, node) };
        process.Start();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(StartTime);
        try
        {
            string? said = await process.StandardOutput.ReadLineAsync(patience.Token).ConfigureAwait(false);
            if (said == TestnetNode.ReadyLine)
            {
                return node with { Process = process.Id, Started = process.StartTime };
            }

            string why = await process.StandardError.ReadLineAsync(patience.Token).ConfigureAwait(false) ?? said ?? "it said nothing";
            throw new UsageException(FaultCode.Testnet, $"node {node.Index} did not start: {why}") { ExitCode = 1 };
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancelled.ThrowIfCancellationRequested();
            throw new UsageException(FaultCode.Testnet, $"node {node.Index} was not ready within {StartTime.TotalSeconds} s") { ExitCode = 1 };
        }
    }

    /// <summary>The process of a node; null where it runs no more.</summary>
    public static Process? Find(TestnetNodeState node)
    {
        if (node.Process is not { } number)
        {
            return null;
        }

        try
        {
            var process = Process.GetProcessById(number);
            if (!process.HasExited && (process.StartTime - node.Started!.Value.LocalDateTime).Duration() < ClockSlack)
            {
                return process;
            }

            process.Dispose();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended, or its number belongs to a process of somebody else by now.
        }

        return null;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public static async Task KillAsync(Process process, CancellationToken cancelled)
    {
        process.Kill();
        await process.WaitForExitAsync(cancelled).ConfigureAwait(false);
    }

    /// <summary>Asks a process to end in order, and kills it where that takes too long.</summary>
    public static async Task StopAsync(Process process, CancellationToken cancelled)
    {
        if (OperatingSystem.IsWindows())
        {
            await KillAsync(process, cancelled).ConfigureAwait(false);
            return;
        }

        using (Process asking = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await asking.WaitForExitAsync(cancelled).ConfigureAwait(false);
        }

        try
        {
            await process.WaitForExitAsync(cancelled).WaitAsync(StopTime, cancelled).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await KillAsync(process, cancelled).ConfigureAwait(false);
        }
    }

    private static ProcessStartInfo Describe(TestnetFolder folder, TestnetNodeState node)
    {
        // Everything is redirected: a stream that it had in common with this process would keep whoever reads it waiting.
        var start = new ProcessStartInfo(OwnProgram.Command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] words = [.. OwnProgram.Command.Skip(1), "testnet", "node", node.Index.ToString(CultureInfo.InvariantCulture), "--dir", folder.Path];
        Array.ForEach(words, start.ArgumentList.Add);
        return start;
    }
}
