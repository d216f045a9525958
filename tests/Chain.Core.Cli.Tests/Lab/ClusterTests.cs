using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>Runs on three workers, processes of their own on loopback, of which one is killed.</summary>
public sealed class ClusterTests : IDisposable
{
    private const string Asked = "--engines pow:spacing=2s:confirmations=2,pos --nodes 4 --rate 5 --duration 20s --warmup 5s --drain 30s --network wan-5 --seed 1..3";

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-cluster").FullName;
    private readonly List<Process> _workers = [];

    public void Dispose()
    {
        foreach (Process worker in _workers)
        {
            worker.Kill();
            worker.WaitForExit();
            worker.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_OnWorkersOfWhichOneIsKilled_GivesWhatOneProcessGives()
    {
        (int exit, _, string errors) = Tool.Run(["lab", "run", .. Asked.Split(' '), "--out", Path.Combine(_folder, "here")]);
        Assert.True(exit == 0, errors);

        string at = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        using Process coordinator = Start(["lab", "run", .. Asked.Split(' '), "--gather", at, "--workers", "3", "--out", Path.Combine(_folder, "there")]);
        var told = new ConcurrentQueue<string>();
        Task reading = ReadAsync(coordinator.StandardOutput, told, "waiting for 3 workers", () =>
        {
            for (int i = 0; i < 3; i++)
            {
                _workers.Add(Start("lab", "worker", "--join", at, "--jobs", "1"));
            }
        });
        Assert.True(SpinWait.SpinUntil(() => _workers.Count == 3, TimeSpan.FromMinutes(1)), string.Join('\n', told));
        Process busy = await await Task.WhenAny(_workers.Select(UntilItRunsAsync)).WaitAsync(TimeSpan.FromMinutes(1));
        busy.Kill(); // in the middle of a run

        Assert.True(coordinator.WaitForExit(TimeSpan.FromMinutes(3)), string.Join('\n', told));
        await reading.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(coordinator.ExitCode == 0, string.Join('\n', told));
        Assert.Contains(told, static line => line.Contains("a worker was lost", StringComparison.Ordinal));
        Assert.Equal(Runs("here"), Runs("there"));
        Assert.All(_workers.Where(worker => worker != busy), static worker => Assert.True(worker.WaitForExit(TimeSpan.FromMinutes(1)) && worker.ExitCode == 0));
    }

    /// <summary>Whom the coordinator gives the first run is not said beforehand.</summary>
    private static async Task<Process> UntilItRunsAsync(Process worker)
    {
        Assert.Contains("joined", await worker.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("with seed", await worker.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        return worker;
    }

    /// <summary>Everything that a manifest says of the runs but how long they took.</summary>
    private string[] Runs(string folder)
    {
        string results = Assert.Single(Directory.GetDirectories(Path.Combine(_folder, folder)));
        Assert.True(ManifestJson.TryRead(File.ReadAllText(Path.Combine(results, "manifest.json")), out RunManifest? manifest, out string problem), problem);
        return [.. manifest.Runs.Select(static run => ManifestJson.Write(new RunManifest
        {
            Scenario = new Scenario(), Version = "", EngineAssemblies = [], Machine = "", Made = "", Runs = [run with { TookSeconds = 0 }],
        }))];
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    private static async Task ReadAsync(StreamReader lines, ConcurrentQueue<string> told, string waitedFor, Action then)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            told.Enqueue(line);
            if (line.Contains(waitedFor, StringComparison.Ordinal))
            {
                then();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
