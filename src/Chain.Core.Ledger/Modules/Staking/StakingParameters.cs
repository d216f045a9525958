using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The rules of a chain's stake, set at genesis. Epoch e has the heights e·n + 1 to (e + 1)·n, where n is <see cref="EpochLength"/>.</summary>
public sealed record StakingParameters
{
    /// <summary>The longest that <see cref="MaxValidators"/> may be, so that a set of validators fits a value of the state.</summary>
    public const int MostValidators = 256;

    /// <summary>Heights of an epoch.</summary>
    /// <value>100 by default; at least 2.</value>
    public ulong EpochLength { get; init; } = 100;

    /// <summary>
    /// Epochs between the one at whose end a set of validators is named and the one in which it acts. One whole epoch between
    /// leaves time for the border to become final before anybody needs the set.
    /// </summary>
    /// <value>1 by default; 0 to 16.</value>
    public uint Lookahead { get; init; } = 1;

    /// <summary>Epochs for which stake that left can still be slashed.</summary>
    /// <value>7 by default; at least 1. Light clients trust a checkpoint for less than this.</value>
    public uint UnbondingEpochs { get; init; } = 7;

    /// <summary>Most validators that act at once.</summary>
    /// <value>100 by default; 1 to <see cref="MostValidators"/>.</value>
    public uint MaxValidators { get; init; } = 100;

    /// <summary>Most validators that there are, acting or not.</summary>
    /// <value>500 by default; at least <see cref="MaxValidators"/>, at most 4,096: the end of an epoch visits each.</value>
    public uint MaxCandidates { get; init; } = 500;

    /// <summary>How much of the acting stake may come, and how much may go, at the end of one epoch.</summary>
    /// <value>10 % by default; more than 0.</value>
    public BasisPoints Churn { get; init; } = new(1_000);

    /// <summary>How much stake may come or go at the end of an epoch, however little acts.</summary>
    /// <value>In the smallest unit; 1,000,000 by default; at least 1.</value>
    public ulong MinChurn { get; init; } = 1_000_000;

    /// <summary>Least that a validator stakes itself.</summary>
    /// <value>In the smallest unit; 1,000 by default; at least 1.</value>
    public ulong MinSelfBond { get; init; } = 1_000;

    /// <summary>What an equivocation costs everyone who backed it.</summary>
    /// <value>5 % by default. The offender never acts again, whatever this is.</value>
    public BasisPoints EquivocationSlash { get; init; } = new(500);

    /// <summary>The part of what an equivocation costs that goes to who reported it.</summary>
    /// <value>5 % by default.</value>
    public BasisPoints ReporterShare { get; init; } = new(500);

    /// <summary>What an epoch of absence costs.</summary>
    /// <value>0.01 % by default.</value>
    public BasisPoints DowntimeSlash { get; init; } = new(1);

    /// <summary>Votes that a validator must have in the blocks of an epoch not to be absent.</summary>
    /// <value>50 % by default.</value>
    public BasisPoints MinPresence { get; init; } = new(5_000);

    /// <summary>Epochs that an absent validator must wait before it may come back.</summary>
    /// <value>1 by default.</value>
    public uint JailEpochs { get; init; } = 1;

    /// <summary>The part of rewards that is shared by blocks proposed; the rest is shared by stake and votes.</summary>
    /// <value>10 % by default.</value>
    public BasisPoints ProposerShare { get; init; } = new(1_000);

    /// <summary>What an epoch pays beside its fees, from <see cref="StakingModule.ReserveAccount"/> while that lasts.</summary>
    /// <value>In the smallest unit; 0 by default.</value>
    public ulong EpochReward { get; init; }

    private BasisPoints[] Parts => [Churn, EquivocationSlash, ReporterShare, DowntimeSlash, MinPresence, ProposerShare];

    /// <summary>The epoch of a height; genesis belongs to the first.</summary>
    public ulong EpochOf(BlockHeight height) => height.Value == 0 ? 0 : (height.Value - 1) / EpochLength;

    /// <summary>The first height of an epoch.</summary>
    public BlockHeight FirstOf(ulong epoch) => new((epoch * EpochLength) + 1);

    /// <summary>Whether a height is the last of its epoch.</summary>
    internal bool IsLastOfEpoch(BlockHeight height) => height.Value > 0 && height.Value % EpochLength == 0;

    /// <summary>What is wrong with the parameters, or null.</summary>
    internal string? FindWrong() =>
        EpochLength < 2 ? "an epoch is shorter than two heights"
        : Lookahead > 16 ? "the lookahead is longer than 16 epochs"
        : UnbondingEpochs < 1 ? "stake unbonds at once"
        : MaxValidators is < 1 or > MostValidators ? "the number of validators is out of range"
        : MaxCandidates < MaxValidators || MaxCandidates > 4_096 ? "the number of candidates is out of range"
        : Churn.Value == 0 || MinChurn == 0 ? "no stake may come or go"
        : MinSelfBond == 0 ? "a validator needs no stake"
        : !Parts.All(static part => part.IsValid) ? "a part is more than the whole"
        : null;
}
