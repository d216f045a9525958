using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Crypto;
using Chain.Core.Rpc.Client;

namespace Chain.Core.App.Testnet;

/// <summary>
/// <c>testnet partition</c> and <c>testnet heal</c>: each node is told by its listener for administration whom it has nothing
/// to do with. It cuts these connections and refuses new ones, so that both sides really are apart.
/// </summary>
internal static class PartitionVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Split(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("partition", "Cuts the network into groups, such as 'partition 0,1 2,3'.");
        var groups = new Argument<string[]>("groups") { Description = "numbers of nodes, with commas; each node in one group", Arity = new ArgumentArity(2, TestnetFolder.MaxNodes) };
        command.Arguments.Add(groups);
        command.SetAction(async (parsed, cancelled) =>
        {
            TestnetFolder folder = folderOf(parsed);
            TestnetState state = folder.Read();
            state = state with { Groups = Parse(parsed.GetValue(groups)!, state.Nodes.Count) };
            await ApplyAsync(folder, state, cancelled).ConfigureAwait(false);
            TestnetVerb.Say(scope, parsed, $"split: {string.Join(" | ", state.Groups!.Select(static group => string.Join(',', group)))}", state);
            return 0;
        });
        return command;
    }

    public static Command Heal(VerbScope scope, Func<ParseResult, TestnetFolder> folderOf)
    {
        var command = new Command("heal", "Lets all nodes reach each other again.");
        command.SetAction(async (parsed, cancelled) =>
        {
            TestnetFolder folder = folderOf(parsed);
            TestnetState state = folder.Read() with { Groups = null };
            await ApplyAsync(folder, state, cancelled).ConfigureAwait(false);
            TestnetVerb.Say(scope, parsed, "healed", state);
            return 0;
        });
        return command;
    }

    /// <summary>Reads groups: every node in exactly one.</summary>
    /// <exception cref="UsageException">One is in none, in two, or unknown.</exception>
    internal static IReadOnlyList<IReadOnlyList<int>> Parse(string[] groups, int nodes)
    {
        var seen = new HashSet<int>();
        var parsed = new List<IReadOnlyList<int>>();
        foreach (string group in groups)
        {
            var members = new List<int>();
            foreach (string text in group.Split(','))
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int node) || node >= nodes || !seen.Add(node))
                {
                    throw Wrong($"'{text}' in '{group}' is no node, or stands twice", nodes);
                }

                members.Add(node);
            }

            parsed.Add(members);
        }

        return seen.Count == nodes ? parsed : throw Wrong($"node {Enumerable.Range(0, nodes).First(node => !seen.Contains(node))} is in no group", nodes);
    }

    private static UsageException Wrong(string what, int nodes) =>
        new(FaultCode.Value, $"partition: {what}", $"each of the nodes 0 to {nodes - 1} in one group", "such as 'testnet partition 0,1 2,3'");

    /// <summary>The state first, so that a node that starts meanwhile is on its side from the beginning.</summary>
    private static async Task ApplyAsync(TestnetFolder folder, TestnetState state, CancellationToken cancelled)
    {
        folder.Write(state);
        foreach (TestnetNodeState node in state.Nodes.Where(static node => node.Process is not null))
        {
            string token = (await File.ReadAllTextAsync(folder.TokenFile(node.Index), cancelled).ConfigureAwait(false)).Trim();
            using var client = new RpcClient(node.Admin, new RpcClientOptions { BearerToken = token, Timeout = Patience });
            Hash256[] barred = [.. state.CutOffFrom(node.Index).Select(static other => TestnetIdentity.PeerOf(other).PublicKey)];
            await client.SetBarredPeersAsync(barred, cancelled).ConfigureAwait(false);
        }
    }
}
