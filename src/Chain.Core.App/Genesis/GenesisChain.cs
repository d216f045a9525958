using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.App.Genesis;

/// <summary>Makes the chain that a genesis file describes.</summary>
internal static class GenesisChain
{
    /// <summary>The engines by their names in files.</summary>
    public static readonly string[] Engines = ["dev", "pow", "pos"];

    /// <summary>The chain of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="modules">Modules beside the token and staking.</param>
    /// <exception cref="UsageException">The file describes no chain; the message names the member.</exception>
    public static ChainDefinition Build(GenesisFile file, IReadOnlyList<Module> modules)
    {
        try
        {
            var token = new TokenModule();
            ModuleGenesis funded = new(token.Name, TokenModule.GenesisData([.. Allocations(file)]));
            ModuleGenesis[] others = [.. file.Modules.Select(static each => new ModuleGenesis(each.Key, BytesOf(each.Value, $"modules.{each.Key}")))];
            var time = new UnixTime(checked((ulong)file.Time.ToUnixTimeMilliseconds()));
            if (file.Consensus.Engine != "pos")
            {
                RequireNone(file.Validators, "validators", "with proof of stake only");
                var spec = new GenesisSpec(file.Network, file.Chain, time, [funded, .. others]);
                return new ChainDefinition(EngineOf(file.Consensus), new LedgerDefinition([token, .. modules]), spec);
            }

            ProofOfStakeOptions options = StakeOptions(file);
            var staking = new StakingModule(new StakingParameters { EpochLength = options.EpochBlocks }, new StakeOffences(options));
            ModuleGenesis bonded = new(staking.Name, StakingModule.GenesisData([.. file.Validators.Select(Staked)]));
            return new ChainDefinition(
                new ProofOfStakeConsensus(options),
                new LedgerDefinition([token, staking, .. modules]),
                new GenesisSpec(file.Network, file.Chain, time, [funded, bonded, .. others]));
        }
        catch (Exception wrong) when (wrong is ArgumentException or OverflowException or FormatException)
        {
            throw new UsageException(FaultCode.Genesis, $"genesis: {wrong.Message}");
        }
    }

    /// <summary>The rules of proof of stake; what light clients check by.</summary>
    public static ProofOfStakeOptions StakeOptions(GenesisFile file)
    {
        if (file.Validators.Count == 0)
        {
            throw Wrong("validators", "at least one, with proof of stake");
        }

        GenesisConsensus rules = file.Consensus;
        var defaults = new ProofOfStakeOptions { Validators = ValidatorSet.Of(file.Validators.Select(static each => new Validator(KeyOf(each), each.Stake))) };
        TimeSpan pause = Milliseconds(rules.BlockPauseMilliseconds) ?? defaults.BlockPause;
        TimeSpan timeout = Milliseconds(rules.ViewTimeoutMilliseconds) ?? defaults.ViewTimeout;
        if (pause >= timeout)
        {
            throw Wrong("consensus.blockPauseMilliseconds", $"less than viewTimeoutMilliseconds, which is {timeout.TotalMilliseconds} here");
        }

        return defaults with
        {
            EpochBlocks = rules.EpochBlocks ?? defaults.EpochBlocks,
            BlockPause = pause,
            ViewTimeout = timeout,
        };
    }

    private static IConsensusPlugin EngineOf(GenesisConsensus rules)
    {
        switch (rules.Engine)
        {
            case "pow":
                var defaults = new ProofOfWorkOptions();
                return new ProofOfWorkConsensus(defaults with
                {
                    TargetSpacing = Milliseconds(rules.SpacingMilliseconds) ?? defaults.TargetSpacing,
                    TargetLimit = rules.TargetLimit is { } limit ? TargetOf(limit) : defaults.TargetLimit,
                });
            case "dev":
                return new DevConsensus(new DevOptions { Interval = Milliseconds(rules.IntervalMilliseconds) });
            default:
                string? near = Nearest.To(rules.Engine, Engines);
                throw Wrong("consensus.engine", string.Join(", ", Engines), near is null ? null : $"did you mean {near}?");
        }
    }

    /// <summary>The coins of accounts, and of operators those that they stake.</summary>
    private static IEnumerable<(AccountAddress, ulong)> Allocations(GenesisFile file)
    {
        var amounts = new SortedDictionary<AccountAddress, ulong>();
        foreach (GenesisAccount account in file.Accounts)
        {
            if (!amounts.TryAdd(AddressOf(account.Address, "accounts.address"), account.Amount))
            {
                throw Wrong("accounts.address", $"each account once, but {account.Address} stands twice");
            }
        }

        foreach (GenesisValidator validator in file.Validators)
        {
            AccountAddress runs = OperatorOf(validator);
            amounts[runs] = checked(amounts.GetValueOrDefault(runs) + validator.Stake);
        }

        return amounts.Select(static each => (each.Key, each.Value));
    }

    private static StakingGenesisValidator Staked(GenesisValidator validator) =>
        new(OperatorOf(validator), KeyOf(validator), new BasisPoints(validator.Commission), validator.Stake);

    private static AccountAddress OperatorOf(GenesisValidator validator)
    {
        ValidatorKey key = KeyOf(validator);
        return validator.Operator is { } runs ? AddressOf(runs, "validators.operator") : AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    private static ValidatorKey KeyOf(GenesisValidator validator)
    {
        ReadOnlyMemory<byte> key = BytesOf(validator.Key, "validators.key");
        return key.Length == Hash256.Size ? new ValidatorKey(SignatureSchemeTag.Ed25519, key) : throw Wrong("validators.key", "an Ed25519 key, 32 bytes in hexadecimal");
    }

    private static AccountAddress AddressOf(string text, string member) =>
        Hash256.TryParse(text, out Hash256 address) ? new AccountAddress(address) : throw Wrong(member, "an address, 32 bytes in hexadecimal");

    private static ReadOnlyMemory<byte> BytesOf(string text, string member)
    {
        try
        {
            return Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text);
        }
        catch (FormatException)
        {
            throw Wrong(member, "bytes in hexadecimal");
        }
    }

    private static CompactTarget TargetOf(string text) =>
        uint.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits)
            ? new CompactTarget(bits)
            : throw Wrong("consensus.targetLimit", "a compact target such as 0x1f00ffff");

    private static TimeSpan? Milliseconds(int? count) => count is { } given ? TimeSpan.FromMilliseconds(given) : null;

    private static void RequireNone<T>(IReadOnlyList<T> list, string member, string expected)
    {
        if (list.Count > 0)
        {
            throw Wrong(member, expected);
        }
    }

    private static UsageException Wrong(string member, string expected, string? suggestion = null) =>
        new(FaultCode.Genesis, $"genesis: {member} is wrong", expected, suggestion);
}
