using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.App.Keys;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage;

namespace Chain.Core.App.Init;

/// <summary><c>init</c>: makes the folder of a node. Never overwrites anything.</summary>
internal static class InitVerb
{
    private const ulong FirstStake = 1_000_000;

    public static Command Create(VerbScope scope)
    {
        var command = new Command("init", "Makes the folder of a node: configuration, genesis, identity, folder for data. Never overwrites.");
        var genesis = new Option<string?>("--genesis", "-g") { Description = "the genesis.json of the chain to join" };
        Option<string?> consensus = new Option<string?>("--consensus") { Description = "begin a chain of your own with this engine" }.AcceptOnlyFromAmong(GenesisChain.Engines);
        if (scope.App.Define is null)
        {
            command.Options.Add(genesis);
            command.Options.Add(consensus);
        }

        command.SetAction(parsed =>
        {
            NodeHome home = NodeHome.Of(scope, parsed);
            RequireNew(home);
            string? text = scope.App.Define is null ? GenesisText(scope, home, parsed.GetValue(genesis), parsed.GetValue(consensus)) : null;
            Write(home, text);
            Answer(scope, parsed, home, before: home.Remember(scope));
            return 0;
        });
        return command;
    }

    private static void RequireNew(NodeHome home)
    {
        foreach (string path in (string[])[home.ConfigFile, home.GenesisFile, home.IdentityFile])
        {
            if (File.Exists(path))
            {
                throw new UsageException(FaultCode.Home, $"{path} is there already, and init overwrites nothing", "a folder without a node", "name another folder with --home, or move this one away");
            }
        }
    }

    /// <summary>The genesis to write, checked: a node with a wrong one would follow no chain.</summary>
    private static string GenesisText(VerbScope scope, NodeHome home, string? path, string? consensus)
    {
        if ((path is null) == (consensus is null))
        {
            throw new UsageException(
                FaultCode.CommandLine, "init needs to know the chain", "either --genesis FILE or --consensus dev|pow|pos", "--genesis joins a chain, --consensus begins one");
        }

        GenesisFile file = path is not null ? GenesisFile.Read(path) : Begin(scope, home, consensus!);
        GenesisChain.Build(file, scope.App.Modules());
        return path is not null ? File.ReadAllText(path) : file.Write();
    }

    private static GenesisFile Begin(VerbScope scope, NodeHome home, string engine)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var file = new GenesisFile
        {
            Chain = $"{scope.App.Name}-{engine}",
            Network = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))),
            Time = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerSecond),
            Consensus = new GenesisConsensus { Engine = engine, IntervalMilliseconds = engine == "dev" ? 1000 : null, BlockPauseMilliseconds = engine == "pos" ? 500 : null },
        };
        KeyFile[] keys = [.. KeyFile.List(home)];
        file = file with { Accounts = [.. keys.Select(static key => new GenesisAccount($"0x{key.Address.Value}", FirstStake))] };
        if (engine != "pos")
        {
            return file;
        }

        KeyFile first = keys.FirstOrDefault(static key => key.IsValidator) ?? throw new UsageException(
            FaultCode.Key, "a chain with proof of stake begins with validators, and there is no key of one", null, $"'{scope.App.Name} keys new validator' first, or --genesis FILE");
        return file with { Validators = [new GenesisValidator($"0x{Convert.ToHexStringLower(first.PublicKey.Span)}", FirstStake)] };
    }

    private static void Write(NodeHome home, string? genesis)
    {
        OwnFolder.Make(home.Folder);
        OwnFolder.Make(home.KeysFolder);
        OwnFolder.Make(home.Resolve(new StoreSection().Data));
        if (genesis is not null)
        {
            AtomicFile.Write(home.GenesisFile, Encoding.UTF8.GetBytes(genesis), ownerOnly: false);
        }

        AtomicFile.Write(home.IdentityFile, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(X25519.KeySize)) + "\n"), ownerOnly: true);

        // Last: a folder with a configuration is a whole one.
        AtomicFile.Write(home.ConfigFile, Encoding.UTF8.GetBytes(ConfigTemplate.Text()), ownerOnly: false);
    }

    private static void Answer(VerbScope scope, ParseResult parsed, NodeHome home, string? before)
    {
        ChainDefinition chain = HomeChain.Open(scope.App, home);
        string program = scope.App.Name;
        scope.Answer(
            parsed,
            new JsonObject { ["home"] = home.Folder, ["chain"] = chain.Name, ["network"] = chain.Network, ["genesis"] = $"0x{chain.GenesisId.Value}", ["consensus"] = chain.Consensus.Name, ["before"] = before },
            output =>
            {
                output.WriteLine($"{home.Folder}: a node of {chain.Name} ({chain.Consensus.Name}), genesis 0x{chain.GenesisId.Value}");
                output.WriteLine($"later commands mean this folder{(before is null ? "" : $" and no longer {before}")}, unless --home names another");
                output.WriteLine($"next: {program} keys new validator (to vote), {program} doctor, {program} run");
            });
    }
}
