using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// The checks of proof of stake: the drawn leader signed the block, its parent is certified, its randomness is proved.
/// Headers carry all that they are checked with, so that a chain of headers needs nothing else.
/// </summary>
internal sealed class ProofOfStakeRules : IHeaderRules
{
    /// <summary>Fewer votes than this are verified with the leader's signature: vector lanes for one have room for four.</summary>
    private const int VotesWithLeader = 4;

    private readonly TimeSpan _futureLimit;
    private readonly IStakeCrypto _crypto;
    private (ValidatorSet Set, StakeTable Table)? _lastAsked;
    private (BlockId Block, Statement Proposal)? _lastValid;

    internal ProofOfStakeRules(BlockHeader genesis, ProofOfStakeOptions options, SetReader sets, IStakeCrypto crypto, Func<View, int>? leaders)
    {
        _futureLimit = options.FutureLimit;
        _crypto = crypto;
        Epochs = new EpochBook(genesis, new EpochSchedule(options.EpochBlocks, genesis.Height), sets, options.Validators, leaders);
    }

    internal EpochBook Epochs { get; }

    /// <summary>Headers that prove an offence by themselves and that the engine has not told of yet.</summary>
    internal Queue<InvalidProposal> Offences { get; } = new();

    /// <summary>What the engine that goes with these rules verified; null where there is none.</summary>
    internal Rounds? Known { get; set; }

    public HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(ancestors);
        ulong epoch = Epochs.Schedule.EpochOf(header.Height);
        if (!StakeSeal.TryDecode(header.Seal, out StakeSeal? seal))
        {
            return HeaderVerdict.MalformedSeal;
        }

        if (HeaderForm.Check(header, seal, Epochs.Schedule, Epochs.Sets, Epochs.Genesis) is not null)
        {
            RememberOffence(header, seal, epoch, ancestors);
            return HeaderVerdict.MalformedSeal;
        }

        if (!ancestors.TryGet(1, out BlockHeader? parent) || !Epochs.TryResolve(epoch, header.Height, ancestors, out EpochContext? context))
        {
            return HeaderVerdict.InvalidSeal;
        }

        if (header.Time <= parent.Time)
        {
            return HeaderVerdict.TimeTooOld;
        }

        if (Epochs.Schedule.IsFirst(header.Height)
            && !(EpochSets.TryDecode(seal.Sets, Epochs.Sets, out Hash256 current, out _) && current == EpochSets.HashOf(context.Table.Set)))
        {
            return HeaderVerdict.InvalidSeal;
        }

        StakeTable voters = context.Table;
        var votes = new List<SignatureClaim>();
        if (parent.Id != Epochs.Genesis && !TryFindVotes(header, seal, parent, ancestors, votes, ref voters))
        {
            return HeaderVerdict.InvalidSeal;
        }

        // Few votes cost nothing beside the leader's signature. Many are verified last: nobody but a leader makes nodes do that.
        bool together = votes.Count < VotesWithLeader && voters == context.Table;
        Statement proposal = seal.Proposal(header.Fields);
        SignatureClaim leader = ByLeader(seal, in proposal, context);
        if (!_crypto.VerifyAll(together ? [leader, .. votes] : [leader], context.Table)
            || !HasRandomness(seal, parent, context)
            || !(together || _crypto.VerifyAll(votes, voters)))
        {
            return HeaderVerdict.InvalidSeal;
        }

        _lastValid = (header.Id, proposal);

        // Last, because it is the only one that time heals.
        return header.Time > now.Plus(_futureLimit) ? HeaderVerdict.TimeTooNew : HeaderVerdict.Valid;
    }

    /// <summary>What the leader signed for a block; that of the newest header that was verified is kept.</summary>
    internal Statement ProposalOf(BlockHeader header, StakeSeal seal) =>
        _lastValid is { } last && last.Block == header.Id ? last.Proposal : seal.Proposal(header.Fields);

    public bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(validators);
        return Certificate.TryDecode(certificate, out Certificate? decoded)
            && decoded.Kind == VoteKind.Finalize
            && decoded.Block == block.Id
            && decoded.View.Epoch == Epochs.Schedule.EpochOf(block.Height)
            && TableOf(validators) is StakeTable table
            && decoded.Verify(table, Epochs.Genesis, _crypto);
    }

    public UInt256 Weight(BlockHeader header) => UInt256.One;

    public BlockActivity? ActivityBefore(BlockHeight height, IAncestors ancestors)
    {
        ArgumentNullException.ThrowIfNull(ancestors);
        if (!ancestors.TryGet(1, out BlockHeader? parent)
            || !ancestors.TryGet(2, out BlockHeader? block)
            || !StakeSeal.TryDecode(parent.Seal, out StakeSeal? parentSeal)
            || !StakeSeal.TryDecode(block.Seal, out StakeSeal? seal)
            || !Certificate.TryDecode(parentSeal.ParentCertificate, out Certificate? votes)
            || !Epochs.TryResolve(Epochs.Schedule.EpochOf(block.Height), height, ancestors, out EpochContext? context))
        {
            return null;
        }

        return new BlockActivity(block.Height, context.LeaderOf(seal.View), [.. votes.Places()]);
    }

    private SignatureClaim ByLeader(StakeSeal seal, in Statement proposal, EpochContext context) => new(
        context.Table.PublicKey(context.LeaderOf(seal.View)), proposal.SigningHash(Epochs.Genesis).ToArray(), seal.Signature);

    private bool HasRandomness(StakeSeal seal, BlockHeader parent, EpochContext context)
    {
        Span<byte> output = stackalloc byte[Vrf.OutputSize];
        ReadOnlyMemory<byte> key = context.Table.PublicKey(context.LeaderOf(seal.View));
        return _crypto.VerifyRandomness(key.Span, Randomness.Input(context.Seed, seal.View), seal.Proof.Span, output)
            && Epochs.TryReadRandomness(parent, out Hash256 before)
            && seal.Randomness == Randomness.Mix(before, output);
    }

    /// <summary>
    /// Finds the votes of the parent's certificate that were not verified before, and who may vote. False where the certificate
    /// is none of the parent, whoever signed it.
    /// </summary>
    private bool TryFindVotes(
        BlockHeader header, StakeSeal seal, BlockHeader parent, IAncestors ancestors, List<SignatureClaim> votes, ref StakeTable voters)
    {
        if (!Certificate.TryDecode(seal.ParentCertificate, out Certificate? certificate)
            || !StakeSeal.TryDecode(parent.Seal, out StakeSeal? parentSeal)
            || certificate.View < parentSeal.View
            || certificate.View.Epoch != parentSeal.View.Epoch
            || (certificate.View != parentSeal.View && !Epochs.Schedule.IsLast(parent.Height))
            || !Epochs.TryResolve(parentSeal.View.Epoch, header.Height, ancestors, out EpochContext? context))
        {
            return false;
        }

        voters = context.Table;
        return certificate.TryGetClaims(voters, Epochs.Genesis, Known, votes);
    }

    /// <summary>A leader that signed what nobody may sign has made its own proof; the engine takes it from here.</summary>
    private void RememberOffence(BlockHeader header, StakeSeal seal, ulong epoch, IAncestors ancestors)
    {
        const int MaxOffences = 16;
        if (Offences.Count < MaxOffences
            && seal.View.Epoch == epoch
            && Epochs.TryResolve(epoch, header.Height, ancestors, out EpochContext? context)
            && _crypto.VerifyAll([ByLeader(seal, seal.Proposal(header.Fields), context)], context.Table))
        {
            ValidatorKey leader = context.Table.Set.Validators[context.LeaderOf(seal.View)].Key;
            Offences.Enqueue(new InvalidProposal(leader, header));
        }
    }

    private StakeTable? TableOf(ValidatorSet validators)
    {
        if (_lastAsked is { } last && ReferenceEquals(last.Set, validators))
        {
            return last.Table;
        }

        if (!StakeTable.TryCreate(validators, out StakeTable? table))
        {
            return null;
        }

        _lastAsked = (validators, table);
        return table;
    }
}
