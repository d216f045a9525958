using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.App.Run;

namespace Chain.Core.App.Doctor;

/// <summary><c>doctor</c>: looks at what keeps a node from running well. Changes nothing.</summary>
internal static class DoctorVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("doctor", "Looks at what keeps the node from running well; exit code 1 where something fails.");
        Option<string[]> set = CommonOptions.Set();
        command.Options.Add(set);
        command.SetAction(async (parsed, cancelled) =>
        {
            bool isWell = true;
            await foreach (Finding found in ExamineAsync(scope, parsed, parsed.GetValue(set)!, cancelled).ConfigureAwait(false))
            {
                Tell(scope, parsed, found);
                isWell &= found.Level != FindingLevel.Fail;
            }

            return isWell ? 0 : 1;
        });
        return command;
    }

    private static async IAsyncEnumerable<Finding> ExamineAsync(
        VerbScope scope, ParseResult parsed, string[] assignments, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancelled)
    {
        NodeHome home = NodeHome.Of(scope, parsed);
        NodePlan? plan = null;
        Finding read = Attempt("configuration", home.ConfigFile, () =>
        {
            NodeSettings settings = SettingsReader.Read(SettingsSource.Open(home, scope, assignments));
            plan = new NodePlan(home, settings, null!, null);
        });
        yield return read;
        if (plan is null)
        {
            yield break;
        }

        Finding chain = Attempt("genesis", "", () => plan = plan with { Chain = HomeChain.Open(scope.App, home) });
        yield return chain.Level == FindingLevel.Ok ? chain with { Text = $"{plan.Chain.Name} ({plan.Chain.Consensus.Name}), 0x{plan.Chain.GenesisId.Value}" } : chain;
        if (chain.Level != FindingLevel.Ok)
        {
            yield break;
        }

        yield return MachineChecks.Descriptors(plan);
        yield return await MachineChecks.ClockAsync(plan).ConfigureAwait(false);
        yield return MachineChecks.Disk(plan);
        yield return FolderChecks.Data(plan);
        yield return FolderChecks.Secrets(plan);
        yield return FolderChecks.Producer(plan);
        foreach (Finding found in NetworkChecks.Ports(plan).Concat(await NetworkChecks.PeersAsync(plan, cancelled).ConfigureAwait(false)))
        {
            yield return found;
        }
    }

    private static Finding Attempt(string check, string good, Action action)
    {
        try
        {
            action();
            return Finding.Ok(check, good);
        }
        catch (UsageException wrong)
        {
            return Finding.Fail(check, $"{wrong.Code} {wrong.Message}", $"see 'explain {wrong.Code}'");
        }
    }

    private static void Tell(VerbScope scope, ParseResult parsed, Finding found) => scope.Answer(
        parsed,
        new JsonObject { ["check"] = found.Check, ["level"] = found.Level.ToString(), ["text"] = found.Text, ["advice"] = found.Advice },
        output =>
        {
            output.WriteLine($"{found.Level.ToString().ToLowerInvariant(),-5} {found.Check,-14} {found.Text}");
            if (found.Advice is { } advice && found.Level != FindingLevel.Ok)
            {
                output.WriteLine($"      {"",-14} → {advice}");
            }
        });
}
