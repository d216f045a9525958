using System.CommandLine;
using Chain.Core.App;
using Chain.Core.Cli.Lab.Catalog;
using Chain.Core.Cli.Lab.Cluster;
using Chain.Core.Cli.Lab.Compare;
using Chain.Core.Cli.Lab.Replay;
using Chain.Core.Cli.Lab.Reproduce;
using Chain.Core.Cli.Lab.Run;
using Chain.Core.Cli.Lab.Sweep;

namespace Chain.Core.Cli.Lab;

/// <summary><c>chain lab</c>: the laboratory.</summary>
internal static class LabVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("lab", "Compares consensus engines on one bench: same load, network and faults, virtual time, one seed, one digest.");
        command.Subcommands.Add(RunVerb.Create(scope));
        command.Subcommands.Add(ReplayVerb.Create(scope));
        command.Subcommands.Add(ListVerb.Create(scope));
        command.Subcommands.Add(SchemaVerb.Create(scope));
        command.Subcommands.Add(CompareVerb.Create(scope));
        command.Subcommands.Add(SweepVerb.Create(scope));
        command.Subcommands.Add(ReproduceVerb.Create(scope));
        command.Subcommands.Add(WorkerVerb.Create(scope));
        return command;
    }
}
