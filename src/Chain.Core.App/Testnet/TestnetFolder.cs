using System.Text.Json;
using Chain.Core.App.Dev;
using Chain.Core.App.Errors;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.Protocol;

namespace Chain.Core.App.Testnet;

/// <summary>The folder of a testnet: its state, its genesis and a folder for each node.</summary>
internal sealed class TestnetFolder(ChainApp app, string path)
{
    /// <summary>As many as there are keys for development.</summary>
    public const int MaxNodes = 10;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string StateFile => System.IO.Path.Combine(Path, "testnet.json");

    private string GenesisFile => System.IO.Path.Combine(Path, "genesis.json");

    public string NodeFolder(int node) => System.IO.Path.Combine(Path, $"node-{node}");

    public string DataFolder(int node) => System.IO.Path.Combine(NodeFolder(node), "data");

    public string TokenFile(int node) => System.IO.Path.Combine(NodeFolder(node), "admin.token");

    public string LogFile(int node) => System.IO.Path.Combine(NodeFolder(node), "node.log");

    /// <summary>What stands in the folder; null where nothing does.</summary>
    public TestnetState? TryRead()
    {
        if (!File.Exists(StateFile))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StateFile), TestnetJson.Default.TestnetState);
        }
        catch (JsonException wrong)
        {
            throw new UsageException(FaultCode.Testnet, $"{StateFile} does not read: {wrong.Message}");
        }
    }

    /// <summary>What stands in the folder.</summary>
    /// <exception cref="UsageException">Nothing does.</exception>
    public TestnetState Read() => TryRead()
        ?? throw new UsageException(FaultCode.Testnet, $"there is no testnet in {Path}", null, "make one with 'testnet up', or say where it is with --dir");

    public void Write(TestnetState state)
    {
        string next = StateFile + ".new";
        File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(state, TestnetJson.Default.TestnetState));
        File.Move(next, StateFile, overwrite: true);
    }

    /// <summary>Begins a testnet of so many nodes, on ports that are free now.</summary>
    /// <param name="nodes">How many.</param>
    /// <param name="consensus">The engine, where the program does not define the chain.</param>
    public TestnetState Create(int nodes, string consensus)
    {
        OwnFolder.Make(Path);
        if (app.Define is null)
        {
            File.WriteAllText(GenesisFile, Describe(nodes, consensus).Write());
        }

        int[] ports = LoopbackPorts.Free(3 * nodes);
        var state = new TestnetState(
            Chain().Name,
            app.Define is null ? consensus : null,
            [.. Enumerable.Range(0, nodes).Select(i => new TestnetNodeState(i, ports[3 * i], ports[(3 * i) + 1], ports[(3 * i) + 2]))]);
        Write(state);
        return state;
    }

    /// <summary>The chain of the testnet.</summary>
    public ChainDefinition Chain() => app.Define?.Invoke() ?? GenesisChain.Build(Genesis.GenesisFile.Read(GenesisFile), app.Modules());

    private static GenesisFile Describe(int nodes, string consensus)
    {
        const ulong Stake = 100_000;
        GenesisFile file = DevChainOf.Describe("testnet", new GenesisConsensus
        {
            Engine = consensus,
            BlockPauseMilliseconds = consensus == "pos" ? 500 : null,
            SpacingMilliseconds = consensus == "pow" ? 1000 : null,
            TargetLimit = consensus == "pow" ? "0x1f00ffff" : null,
            IntervalMilliseconds = consensus == "dev" ? 1000 : null,
        });
        return consensus != "pos" ? file : file with
        {
            Validators = [.. DevKey.All.Take(nodes).Select(static key => new GenesisValidator(Convert.ToHexStringLower(key.Key.PublicKey.Span), Stake))],
        };
    }
}
