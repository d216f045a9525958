using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.App.Errors;
using Chain.Core.App.Testnet;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Simulation.Laboratory;
using Microsoft.Extensions.Hosting;

namespace Chain.Core.Cli.Lab.Cluster;

/// <summary><c>chain lab worker</c>: does runs for a verb of the laboratory on another machine.</summary>
internal static class WorkerVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("worker", "Does runs for 'lab run', 'lab sweep' or 'lab replay' with --gather on another machine, and ends with it.");
        var join = new Option<string>("--join") { Description = "where runs are handed out, such as 10.0.0.1:11111", Required = true };
        var listen = new Option<string>("--listen") { Description = "an address of this machine that the others reach, with a port of its own; loopback and a free port where nothing is said", DefaultValueFactory = static _ => "" };
        var slots = new Option<int>("--parallel", "--jobs", "-j") { Description = "runs at a time", DefaultValueFactory = static _ => Environment.ProcessorCount };
        var engines = new Option<string[]>("--engines", "-e") { Description = "assemblies of engines that the tool does not bring along", DefaultValueFactory = static _ => [] };
        command.Options.Add(join);
        command.Options.Add(listen);
        command.Options.Add(slots);
        command.Options.Add(engines);
        command.SetAction(async (parsed, cancelled) =>
        {
            var shelf = new EngineShelf();
            foreach (string assembly in parsed.GetValue(engines)!)
            {
                shelf.Load(assembly);
            }

            IPEndPoint coordinator = WorkOptions.Address("--join", parsed.GetValue(join)!);
            string own = parsed.GetValue(listen)!;
            using IHost worker = LabCluster.CreateWorker(
                coordinator, own.Length == 0 ? new IPEndPoint(IPAddress.Loopback, LoopbackPorts.Free(1)[0]) : WorkOptions.Address("--listen", own), shelf, new RunSlots(int.Max(1, parsed.GetValue(slots)), Tell));
            try
            {
                await worker.StartAsync(cancelled);
            }
            catch (Exception wrong) when (wrong is OrleansException or SocketException)
            {
                throw new UsageException(FaultCode.NodeUnreachable, $"nothing hands out runs at {coordinator}: {wrong.Message}", "the address that 'lab run --gather' was given");
            }

            scope.Answer(parsed, new JsonObject { ["joined"] = coordinator.ToString() }, output => output.WriteLine($" joined {coordinator}"));
            await worker.WaitForShutdownAsync(cancelled);
            return 0;

            void Tell(EngineChoice engine, ulong seed) => scope.Answer(
                parsed,
                new JsonObject { ["engine"] = engine.ToString(), ["seed"] = seed },
                output => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {engine} with seed {seed}")));
        });
        return command;
    }
}
