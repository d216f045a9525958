using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>The plug-in of proof of work with <see cref="DrawnWork"/>: hash power by share, without hashing.</summary>
internal sealed class ProofOfWorkEngineEntry : ILaboratoryEngine
{
    /// <summary>So many hashes a block at first that a draw is fine enough; the unit of hash power does not matter.</summary>
    private static readonly CompactTarget FirstTarget = new(0x1E00_FFFF);

    public string Name => "pow";

    public string Description => "proof of work: the chain with the most work, nothing ever final; a block counts as final under 6 others";

    public IReadOnlyList<EngineOption> Options { get; } =
    [
        new("spacing", "10s", "the time from block to block that is aimed at"),
        new("confirmations", "6", "how many blocks on top make a block count as final"),
        new("rebuild", "5s", "how often a miner takes new transactions into the block that it works on"),
        new("halflife", "60 x spacing", "how far off schedule halves or doubles the target (ASERT)"),
    ];

    public EngineSetup Set(EngineRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        TimeSpan spacing = request.Duration("spacing", TimeSpan.FromSeconds(10));
        ulong hashes = DrawnWork.HashesPerBlock(FirstTarget);
        var plugin = new ProofOfWorkConsensus(new ProofOfWorkOptions
        {
            TargetSpacing = spacing,
            InitialTarget = FirstTarget,
            HalfLife = request.Duration("halflife", spacing * 60),
            RebuildInterval = request.Duration("rebuild", TimeSpan.FromSeconds(5)),
            Work = new DrawnWork(),
            SliceNonces = int.MaxValue,
        });
        var miners = new HashPower(request.Power, hashes, spacing);
        return new EngineSetup
        {
            Consensus = _ => plugin,
            FinalDepth = request.Number("confirmations", 6),
            HeaderCheck = TimeSpan.FromMicroseconds(2),
            HashesPerSecond = hashes / spacing.TotalSeconds,
            JobCharge = miners.Charge,
            Notes =
            [
                "Work is simulated: the time until a miner finds a seal is drawn from the exponential distribution by its share of the hash power and the target; no seal is verified. Targets, retargeting and everything else are real.",
                FormattableString.Invariant($"A block counts as final when {request.Number("confirmations", 6)} blocks stand on it; the verdict on safety is about that promise."),
                "Checking a header is charged 2 µs, an estimate.",
            ],
        };
    }
}
