using System.Text;
using Chain.Core.Consensus;
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

    public static ChainDefinition CreateChain(string consensus)
    {
        IConsensusPlugin plugin = consensus == "pow"
            ? new ProofOfWorkConsensus(new ProofOfWorkOptions
            {
                TargetSpacing = TimeSpan.FromSeconds(1),
                InitialTarget = new CompactTarget(0x1F00_FFFF),
                HalfLife = TimeSpan.FromSeconds(20),
                SliceNonces = 4096,
                RebuildInterval = TimeSpan.FromSeconds(1),
            })
            : new DevConsensus(new DevOptions { Interval = TimeSpan.FromSeconds(1) });
        (AccountAddress, ulong)[] funded = [.. Enumerable.Range(0, Accounts).Select(i => (AddressOf(i), Funds))];
        var genesis = new GenesisSpec(
            Network,
            $"quickstart-{consensus}",
            new UnixTime(1_767_225_600_000),
            [new ModuleGenesis(Token.Name, TokenModule.GenesisData(funded))]);
        return new ChainDefinition(plugin, new LedgerDefinition([Token]), genesis);
    }

    /// <summary>Every node mines with proof of work; with the Dev engine the first one seals and the others follow.</summary>
    public static EngineOptions EngineFor(string consensus, int node) => new()
    {
        ProducesBlocks = consensus == "pow" || node == 0,
        SearchStart = (ulong)node << 48,
        SearchPause = TimeSpan.FromMilliseconds(40),
    };

    /// <summary>A key that everybody knows: for samples only.</summary>
    public static Ed25519PrivateKey KeyOf(int account)
    {
        Hash256 seed = Sha256.Hash(Encoding.UTF8.GetBytes($"quickstart account {account}"));
        return new Ed25519PrivateKey(Hash256.AsSpan(in seed));
    }

    public static AccountAddress AddressOf(int account)
    {
        using Ed25519PrivateKey key = KeyOf(account);
        return AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    public static BlockHeader DecodeHeader(string hex) =>
        WireValue.TryDecode(Convert.FromHexString(hex), out BlockHeader? header, out WireError error)
            ? header
            : throw new InvalidDataException($"A node told a header that does not decode: {error}.");
}
