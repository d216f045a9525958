using System.CommandLine;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.App.Run;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;

namespace Chain.Core.App.Replay;

/// <summary><c>replay --compare A B</c>: where the chains of two nodes that do not run part, and who wrote what differs.</summary>
internal static class ReplayVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("replay", "Compares the stored chains of two nodes that do not run: first height, module, key and transaction that differ. Exit code 1 where they do.");
        var compare = new Option<string[]>("--compare")
        {
            Description = "the folders of the two nodes",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        command.Options.Add(compare);
        command.SetAction(parsed => Compare(scope, parsed, PlanOf(scope, parsed.GetValue(compare)![0]), PlanOf(scope, parsed.GetValue(compare)![1])));
        return command;
    }

    private static NodePlan PlanOf(VerbScope scope, string folder)
    {
        var home = new NodeHome(folder);
        NodeSettings settings = SettingsReader.Read(SettingsSource.Open(home, scope, []));
        var plan = new NodePlan(home, settings, HomeChain.Open(scope.App, home), null);
        return Directory.Exists(plan.DataFolder) ? plan : throw new UsageException(FaultCode.Home, $"{plan.DataFolder} is not there", "the data of a node that has run");
    }

    private static int Compare(VerbScope scope, ParseResult parsed, NodePlan one, NodePlan other)
    {
        if (one.Chain.GenesisId != other.Chain.GenesisId)
        {
            throw new UsageException(FaultCode.Genesis, $"{other.Home.Folder} is of the chain {other.Chain.GenesisId}", $"that of {one.Home.Folder}, {one.Chain.GenesisId}");
        }

        using RocksDbStore first = RocksDbStore.Open(one.DataFolder, new RocksDbStoreOptions());
        using RocksDbStore second = RocksDbStore.Open(other.DataFolder, new RocksDbStoreOptions());
        ReplayFinding found = Compare(one.Chain, first, second);
        scope.Answer(parsed, found.ToJson(), found.Print);
        return found.IsDivergence ? 1 : 0;
    }

    private static ReplayFinding Compare(ChainDefinition chain, RocksDbStore first, RocksDbStore second)
    {
        try
        {
            return new ChainComparison(chain, first, second).Compare();
        }
        catch (StateUnavailableException gone)
        {
            throw new UsageException(FaultCode.Store, gone.Message, "the states around the first block that differs", "a node keeps the last Node:StateWindow states; 0 keeps all");
        }
    }
}
