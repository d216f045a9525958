using System.Text;
using System.Text.Json;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>The chain that all processes of this sample agree on, and the accounts that use it.</summary>
internal static class Demo
{
    public const int Accounts = 64;
    private const uint Network = 7;
    private const ulong Funds = 1_000_000_000;

    public static TokenModule Token { get; } = new();

    /// <summary>Begins a chain of its own for this run, which nodes that join later find in the data folder.</summary>
    /// <param name="data">The folder of the run.</param>
    /// <param name="consensus">The engine.</param>
    /// <param name="nodes">How many nodes make blocks; with the Dev engine the first one does.</param>
    public static void WriteGenesis(string data, string consensus, int nodes)
    {
        Directory.CreateDirectory(data);
        int producers = consensus == "dev" ? 1 : nodes;
        var genesis = new DemoGenesis(consensus, (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), producers);
        File.WriteAllText(GenesisPath(data), JsonSerializer.Serialize(genesis));
    }

    /// <summary>The genesis of the run in this data folder, or null where none has run.</summary>
    public static DemoGenesis? ReadGenesis(string data) =>
        File.Exists(GenesisPath(data)) ? JsonSerializer.Deserialize<DemoGenesis>(File.ReadAllText(GenesisPath(data))) : null;

    public static ChainDefinition CreateChain(DemoGenesis demo)
    {
        Stake? stake = demo.Consensus == "pos" ? new Stake(demo.Producers) : null;
        (AccountAddress, ulong)[] funded = [.. Enumerable.Range(0, Accounts).Select(i => (AddressOf(i), Funds)), .. stake?.Funded ?? []];
        var token = new ModuleGenesis(Token.Name, TokenModule.GenesisData(funded));
        var genesis = new GenesisSpec(
            Network, $"quickstart-{demo.Consensus}", new UnixTime(demo.Time), stake is null ? [token] : [token, stake.Genesis]);
        var ledger = new LedgerDefinition(stake is null ? [Token] : [Token, stake.Module]);
        return new ChainDefinition(EngineOf(demo, stake), ledger, genesis);
    }

    /// <summary>The first nodes make blocks and the others follow.</summary>
    public static EngineOptions EngineFor(DemoGenesis genesis, int node) => new()
    {
        ProducesBlocks = node < genesis.Producers,
        SearchStart = (ulong)node << 48,
        SearchPause = TimeSpan.FromMilliseconds(40),
        Signer = genesis.Consensus == "pos" && node < genesis.Producers ? Stake.KeyOf(node) : null,
    };

    /// <summary>A key that everybody knows: for samples only.</summary>
    public static Ed25519PrivateKey KeyOf(int account) => new(Seed($"quickstart account {account}").Span);

    private static IConsensusPlugin EngineOf(DemoGenesis demo, Stake? stake) => demo.Consensus switch
    {
        "pow" => new ProofOfWorkConsensus(new ProofOfWorkOptions
        {
            TargetSpacing = TimeSpan.FromSeconds(1),
            InitialTarget = new CompactTarget(0x1E3F_FFC0), // 262,144 hashes a block
            HalfLife = TimeSpan.FromSeconds(60),
            SliceNonces = 4096,
            RebuildInterval = TimeSpan.FromSeconds(1),
        }),
        "pos" => new ProofOfStakeConsensus(stake!.Options),
        _ => new DevConsensus(new DevOptions { Interval = TimeSpan.FromSeconds(1) }),
    };

    private static ReadOnlyMemory<byte> Seed(string text) => Sha256.Hash(Encoding.UTF8.GetBytes(text)).ToArray();

    public static AccountAddress AddressOf(int account)
    {
        using Ed25519PrivateKey key = KeyOf(account);
        return AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    /// <summary>What all accounts have together at genesis, and so for ever.</summary>
    public static ulong CoinsOf(DemoGenesis demo) => (Accounts * Funds) + (demo.Consensus == "pos" ? (ulong)demo.Producers * (Stake.Each + Stake.Purse) : 0);

    /// <summary>What they have in a state; no coin ever goes to any other account.</summary>
    public static ulong CountCoins(IStateReader state, DemoGenesis demo) => Enumerable.Range(0, Accounts).Select(AddressOf)
        .Append(TokenModule.FeeAccount)
        .Concat(demo.Consensus == "pos" ? [.. Stake.Pools, .. Enumerable.Range(0, demo.Producers).Select(Stake.OperatorOf)] : [])
        .Aggregate(0UL, (sum, account) => sum + Token.BalanceOf(state, account));

    private static string GenesisPath(string data) => Path.Combine(data, "genesis.json");

    public static BlockHeader DecodeHeader(string hex) =>
        WireValue.TryDecode(Convert.FromHexString(hex), out BlockHeader? header, out WireError error)
            ? header
            : throw new InvalidDataException($"A node told a header that does not decode: {error}.");
}

/// <summary>What the processes of one run must agree on.</summary>
/// <param name="Consensus">The engine: <c>pow</c>, <c>pos</c> or <c>dev</c>.</param>
/// <param name="Time">When the run began, in Unix milliseconds; another time makes another chain.</param>
/// <param name="Producers">How many nodes make blocks.</param>
internal sealed record DemoGenesis(string Consensus, ulong Time, int Producers);
