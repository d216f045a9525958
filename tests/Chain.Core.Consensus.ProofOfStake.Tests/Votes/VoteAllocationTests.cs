using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>The way of a vote through the engine makes no garbage; a batch of votes makes a little.</summary>
public sealed class VoteAllocationTests
{
    private const int Validators = 100;

    [Fact]
    public void Votes_OfAViewOnceWarm_AllocateNothing()
    {
        var network = new StakeNetwork(
            new ProofOfStakeOptions { Validators = TestKeys.Equal(Validators), RelaysVotes = false }, realCrypto: false, static _ => 1);
        IConsensusEngine engine = network.CreateEngine(new BlockTree(network.Genesis), new EngineOptions(), []).Outer;
        var effects = new EffectList();
        Step(engine, new ConsensusInput.Started(network.Genesis, []), effects);
        for (ulong view = 1; view < 4; view++)
        {
            (long offered, long batch, long counted) = Measure(network, engine, view, effects);
            if (view == 3)
            {
                Assert.Equal((0, 0), (offered, counted));
                Assert.InRange(batch, 1, 600);
            }
        }
    }

    /// <summary>Sixty votes, too few for a quorum, wait together, are verified and counted.</summary>
    private static (long Offered, long Batch, long Counted) Measure(StakeNetwork network, IConsensusEngine engine, ulong view, EffectList effects)
    {
        ConsensusInput[] votes = [.. Enumerable.Range(1, 60).Select(signer => Arrived(network, view, signer))];
        var timer = new ConsensusInput.TimerFired(VoteIntake.BatchTimer);
        long start = GC.GetAllocatedBytesForCurrentThread();
        foreach (ConsensusInput vote in votes)
        {
            Step(engine, vote, effects);
        }

        long offered = GC.GetAllocatedBytesForCurrentThread() - start;
        Step(engine, timer, effects);
        long batch = GC.GetAllocatedBytesForCurrentThread() - start - offered;
        ConsensusOutput.Compute compute = effects.Effects.Select(effect => effect.Event).OfType<ConsensusOutput.Compute>().Single();
        var computed = new ConsensusInput.Computed(compute.Work, compute.Job.Run(null!));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step(engine, computed, effects);
        return (offered, batch, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ConsensusInput.MessageArrived Arrived(StakeNetwork network, ulong view, int signer)
    {
        var statement = new Statement(VoteKind.Notarize, View.Of(0, view), Sha256.Hash(BitConverter.GetBytes(view)));
        var vote = new Vote(statement, signer, network.Sign(signer, statement.SigningHash(network.Genesis.Id)));
        return new ConsensusInput.MessageArrived(
            new ConnectionId((ulong)signer), default, EngineMessage.Encode(new EngineMessage.OfVote(vote)));
    }

    private static void Step(IConsensusEngine engine, ConsensusInput input, EffectList effects)
    {
        effects.Clear();
        engine.Handle(in input, new StepContext(Instant.Zero, HeaderTime, Random), effects);
    }

    private static readonly Wire.UnixTime HeaderTime = new(1_700_000_000_000);

    private static readonly DeterministicRandom Random = new(1);
}
