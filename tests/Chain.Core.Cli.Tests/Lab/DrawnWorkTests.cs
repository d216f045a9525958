using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Machines;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>Work that is drawn has the distribution of work that is done.</summary>
public class DrawnWorkTests
{
    private static readonly CompactTarget Target = new(0x1E00_FFFF);

    [Fact]
    public void TryFind_ManyPreimages_TakesAsManyTriesAsTheTargetAsks()
    {
        double[] tries = [.. Enumerable.Range(0, 5_000).Select(TriesOf).Order()];
        double mean = DrawnWork.HashesPerBlock(Target);

        Assert.Equal(mean, tries.Average(), mean * 0.05);
        Assert.Equal(mean * Math.Log(2), tries[tries.Length / 2], mean * 0.05);
    }

    [Fact]
    public void TryFind_SamePreimageAndFirstNonce_FindsTheSame() => Assert.Equal(TriesOf(7), TriesOf(7));

    [Fact]
    public void TryFind_SliceTooShort_FindsNothing()
    {
        Target.TryExpand(out UInt256 target);
        Assert.False(new DrawnWork().TryFind(new byte[WorkPreimage.Size], in target, 0, 1, out _));
    }

    [Fact]
    public void Charge_HalfThePower_TakesTwiceAsLong()
    {
        var power = new HashPower([1, 1, 2], 1_000, TimeSpan.FromSeconds(10));
        var job = new NoJob();
        var searched = new NonceSearched(1, 1_000);

        Assert.Equal(TimeSpan.FromSeconds(40), power.Charge(0, job, searched)!.Value.Duration);
        Assert.Equal(TimeSpan.FromSeconds(20), power.Charge(2, job, searched)!.Value.Duration);
        Assert.Null(power.Charge(0, job, new NoResult()));
    }

    private static double TriesOf(int number)
    {
        Target.TryExpand(out UInt256 target);
        var preimage = new byte[WorkPreimage.Size];
        BitConverter.TryWriteBytes(preimage, number);
        ulong first = (ulong)number << 48;
        Assert.True(new DrawnWork().TryFind(preimage, in target, first, int.MaxValue, out ulong nonce));
        return nonce - first;
    }

    private sealed class NoJob : Job
    {
        public override JobResult Run(IKeyValueReader snapshot) => new NoResult();
    }

    private sealed record NoResult : JobResult;
}
