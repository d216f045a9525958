using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Finds what an epoch is checked with in the headers before it: the seed in its base, the last block of the epoch
/// before; the set in the first block of the epoch before. Keeps the newest.
/// </summary>
internal sealed class EpochBook
{
    private const int Kept = 8;

    private readonly Dictionary<BlockId, EpochContext> _byBase = [];
    private readonly Queue<BlockId> _order = new();
    private readonly EpochContext _first;

    private readonly Func<View, int>? _leaders;

    public EpochBook(BlockHeader genesis, EpochSchedule schedule, SetReader sets, ValidatorSet validators, Func<View, int>? leaders)
    {
        // What another engine sealed carries no set: there the options name it.
        StakeTable? table = null;
        bool hasSet = schedule.Start > BlockHeight.Genesis
            ? StakeTable.TryCreate(validators, out table)
            : StakeSeal.TryDecode(genesis.Seal, out StakeSeal? seal) && sets.TryRead(seal.Sets, out table);
        if (!hasSet)
        {
            throw new ArgumentException("The genesis header carries no validator set.", nameof(genesis));
        }

        _leaders = leaders;
        Sets = sets;
        Schedule = schedule;
        Genesis = genesis.Id;
        _first = new EpochContext(0, genesis.Id, table!, Randomness.Seed(Randomness.OfGenesis(genesis.Id), 0)) { Leaders = leaders };
    }

    public EpochSchedule Schedule { get; }

    public SetReader Sets { get; }

    public BlockId Genesis { get; }

    /// <summary>The context of an epoch on the chain of a header; false where its headers are not at hand.</summary>
    /// <param name="epoch">An epoch not after that of the header.</param>
    /// <param name="height">The height of the header.</param>
    /// <param name="ancestors">Its ancestors.</param>
    /// <param name="context">The context.</param>
    public bool TryResolve(ulong epoch, BlockHeight height, IAncestors ancestors, [NotNullWhen(true)] out EpochContext? context)
    {
        context = _first;
        if (epoch == 0)
        {
            return true;
        }

        if (!TryFind(Schedule.BaseOf(epoch), height, ancestors, out BlockHeader? last))
        {
            context = null;
            return false;
        }

        if (_byBase.TryGetValue(last.Id, out context))
        {
            return true;
        }

        if (!StakeSeal.TryDecode(last.Seal, out StakeSeal? seal)
            || !TryFind(Schedule.FirstOf(epoch - 1), height, ancestors, out BlockHeader? first)
            || !StakeSeal.TryDecode(first.Seal, out StakeSeal? naming)
            || !EpochSets.TryDecode(naming.Sets, Sets, out _, out StakeTable? table))
        {
            return false;
        }

        context = new EpochContext(epoch, last.Id, table, Randomness.Seed(seal.Randomness, epoch)) { Leaders = _leaders };
        Keep(context);
        return true;
    }

    /// <summary>The randomness that a block has; genesis has its own.</summary>
    public bool TryReadRandomness(BlockHeader header, out Hash256 randomness)
    {
        bool isGenesis = header.Id == Genesis;
        StakeSeal? seal = null;
        bool known = isGenesis || StakeSeal.TryDecode(header.Seal, out seal);
        randomness = isGenesis ? Randomness.OfGenesis(header.Id) : seal?.Randomness ?? default;
        return known;
    }

    private void Keep(EpochContext context)
    {
        if (_order.Count == Kept)
        {
            _byBase.Remove(_order.Dequeue());
        }

        _byBase.Add(context.Base, context);
        _order.Enqueue(context.Base);
    }

    private static bool TryFind(BlockHeight wanted, BlockHeight height, IAncestors ancestors, [NotNullWhen(true)] out BlockHeader? header)
    {
        header = null;
        return wanted < height && ancestors.TryGet(height.Value - wanted.Value, out header);
    }
}
