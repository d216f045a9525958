using System.Globalization;
using System.Text;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>What the chain has more with proof of stake: validators in its state, who lose stake for voting twice.</summary>
internal sealed class Stake
{
    public const ulong Each = 10_000;
    public const ulong Purse = 1_000_000;
    private const ulong EpochBlocks = 10;

    private readonly StakingGenesisValidator[] _validators;

    public Stake(int validators)
    {
        _validators = [.. Enumerable.Range(0, validators).Select(
            static node => new StakingGenesisValidator(OperatorOf(node), KeyOf(node), Commission: default, Each))];
        Options = new ProofOfStakeOptions
        {
            Validators = ValidatorSet.Of(_validators.Select(static each => new Validator(each.Key, each.Stake))),
            EpochBlocks = EpochBlocks,
            BlockPause = TimeSpan.FromMilliseconds(500),
            ViewTimeout = TimeSpan.FromSeconds(2),
        };
        Module = new StakingModule(
            new StakingParameters
            {
                EpochLength = EpochBlocks,
                MinPresence = default, // an epoch is five seconds: nobody is jailed for a restart
            },
            new StakeOffences(Options));
    }

    /// <summary>The accounts that hold stake, and what is taken from it.</summary>
    public static IReadOnlyList<AccountAddress> Pools { get; } =
    [
        StakingModule.BondedAccount, StakingModule.UnbondingAccount, StakingModule.RewardAccount,
        StakingModule.ReserveAccount, StakingModule.SlashedAccount,
    ];

    public ProofOfStakeOptions Options { get; }

    public StakingModule Module { get; }

    public ModuleGenesis Genesis => new(Module.Name, StakingModule.GenesisData(_validators));

    /// <summary>The coins of the operators: their stake, and some to pay for reports.</summary>
    public IEnumerable<(AccountAddress, ulong)> Funded => _validators.Select(static each => (each.Operator, Each + Purse));

    /// <summary>The seed of the key that a node votes with; everybody knows it.</summary>
    public static ReadOnlyMemory<byte> SeedOf(int node) =>
        Sha256.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"quickstart validator {node}"))).ToArray();

    public static ValidatorKey KeyOf(int node)
    {
        using var key = new Ed25519PrivateKey(SeedOf(node).Span);
        return new ValidatorKey(key.Scheme, key.PublicKey);
    }

    public static AccountAddress OperatorOf(int node)
    {
        ValidatorKey key = KeyOf(node);
        return AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
    }

    /// <summary>How a validator stands: its coins, whether it is banned, and who votes at this height.</summary>
    public string Describe(IStateReader state, BlockHeight height, int node)
    {
        ValidatorKey key = KeyOf(node);
        AccountAddress account = AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);
        bool isBanned = Module.FindValidator(state, account)?.Standing == ValidatorStanding.Banned;
        ValidatorSet acting = Module.ValidatorsIn(state).Last(each => each.From <= height || each.Epoch == 0).Validators;
        bool acts = acting.Validators.Any(each => each.Key == key);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Module.StakeOf(state, account, account)} {(isBanned ? "banned" : "good")} {(acts ? "votes" : "out")} {acting.Validators.Count}");
    }
}
