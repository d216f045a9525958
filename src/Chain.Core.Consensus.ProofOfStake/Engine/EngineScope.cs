using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What the parts of one engine share: what never changes, the epoch, and the step at hand.</summary>
internal sealed class EngineScope
{
    public EngineScope(
        BlockHeader genesis,
        ProofOfStakeRules rules,
        ProofOfStakeOptions options,
        IStakeCrypto crypto,
        IBlockTree tree,
        EngineOptions node)
    {
        Genesis = genesis.Id;
        Rules = rules;
        Options = options;
        Crypto = crypto;
        Tree = tree;
        Node = node;
        rules.Epochs.TryResolve(0, genesis.Height, NoAncestors.Instance, out EpochContext? first);
        Epoch = first!;
    }

    public BlockId Genesis { get; }

    public ProofOfStakeRules Rules { get; }

    public ProofOfStakeOptions Options { get; }

    public IStakeCrypto Crypto { get; }

    public IBlockTree Tree { get; }

    public EngineOptions Node { get; }

    /// <summary>The epoch that the engine votes in.</summary>
    public EpochContext Epoch { get; private set; }

    /// <summary>This node's place among the validators of the epoch; −1 where it has none.</summary>
    public int Me { get; private set; } = -1;

    /// <summary>The effects of the step at hand.</summary>
    public IEffects Effects { get; private set; } = null!;

    public Instant Now { get; private set; }

    public UnixTime WallClock { get; private set; }

    public EpochSchedule Schedule => Rules.Epochs.Schedule;

    public StakeTable Table => Epoch.Table;

    public void BeginStep(in StepContext context, IEffects effects)
    {
        Now = context.Now;
        WallClock = context.WallClock;
        Effects = effects;
    }

    public void Enter(EpochContext epoch)
    {
        Epoch = epoch;
        Me = Node.Signer is ValidatorKey key ? epoch.Table.PlaceOf(key) : -1;
    }

    public void Emit(ConsensusOutput output) => Effects.Emit(output);

    public bool IsQuorum(UInt128 stake) => Table.IsQuorum(stake);

    public ulong StakeOf(int place) => Table.Stake(place);

    public void Observe(string name, ulong amount = 1) =>
        Emit(new ConsensusOutput.Observe(new ConsensusActivity(name, Tree.Head.Height, amount)));

    private sealed class NoAncestors : IAncestors
    {
        public static NoAncestors Instance { get; } = new();

        public bool TryGet(ulong distance, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out BlockHeader? ancestor)
        {
            ancestor = null;
            return false;
        }
    }
}
