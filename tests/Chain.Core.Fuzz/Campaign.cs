using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Chain.Core.Fuzz;

/// <summary>Runs every target in a process of its own, side by side, over instrumented copies of the assemblies.</summary>
internal static class Campaign
{
    public static int Run(IReadOnlyList<string> names, FuzzOptions options)
    {
        Directory.CreateDirectory(options.Output);
        string program = InstrumentedCopy.Make(Path.Combine(options.Output, "instrumented"));
        DateTime started = DateTime.UtcNow;
        var workers = names.Select(name => (Name: name, Process: Start(program, name, options))).ToList();
        Console.WriteLine($"{workers.Count} targets for {options.Minutes} min, seed {options.Seed}, from {started:u}; results in {options.Output}");
        foreach ((string name, Process process) in workers)
        {
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                var finding = new Finding("process", $"The process ended with {process.ExitCode}: see {name}.log.");
                new FindingFiles(Worker.FindingsFolder(options.Output), name)
                    .Write(CurrentInput.Read(Worker.CurrentPath(options.Output, name)), finding);
            }

            process.Dispose();
        }

        Print(names, options);
        string[] findings = Directory.Exists(Worker.FindingsFolder(options.Output))
            ? Directory.GetFiles(Worker.FindingsFolder(options.Output), "*.txt")
            : [];
        Console.WriteLine($"{findings.Length} findings kept.");
        return findings.Length == 0 ? 0 : 1;
    }

    private static Process Start(string program, string name, FuzzOptions options)
    {
        string[] arguments =
        [
            "exec", program, "--worker", "--output", options.Output,
            "--minutes", options.Minutes.ToString(CultureInfo.InvariantCulture),
            "--seed", options.Seed.ToString(CultureInfo.InvariantCulture),
            name,
        ];
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments)
        {
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.PriorityClass = ProcessPriorityClass.Idle;
        string log = Path.Combine(options.Output, name + ".log");
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                File.AppendAllText(log, line.Data + Environment.NewLine);
            }
        };
        process.BeginErrorReadLine();
        return process;
    }

    private static void Print(IReadOnlyList<string> names, FuzzOptions options)
    {
        Console.WriteLine("| target | inputs | accepted | CPU s | inputs/CPU s | corpus | edges | slowest ms | findings |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (string name in names)
        {
            string status = Worker.StatusPath(options.Output, name);
            FuzzResult? result = File.Exists(status) ? JsonSerializer.Deserialize<FuzzResult>(File.ReadAllText(status)) : null;
            Console.WriteLine(result is null ? $"| {name} | none |" : string.Create(
                CultureInfo.InvariantCulture,
                $"| `{name}` | {result.Inputs:N0} | {result.Accepted:N0} | {result.ProcessorSeconds:F0} | {result.Inputs / result.ProcessorSeconds:N0} | {result.Corpus:N0} | {result.Edges:N0} | {result.SlowestMilliseconds:F1} | {result.Findings} |"));
        }
    }
}
