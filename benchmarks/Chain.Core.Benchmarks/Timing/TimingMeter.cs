using System.Diagnostics;

namespace Chain.Core.Benchmarks.Timing;

/// <summary>
/// Looks for a dependence of time on a secret, as dudect does (Reparaz, Balasch and Verbauwhede 2017): fixed against random
/// secrets in random order, Welch's t on all measurements and on those below some quantiles, which tames what the system
/// adds to the long ones. One measurement is one operation: the same secret many times in a row lets the processor
/// foresee it, which no use of a secret does.
/// </summary>
internal sealed class TimingMeter(int seed)
{
    private const int Batch = 2_000;
    private static readonly double[] Quantiles = [1, 0.99, 0.9, 0.75, 0.5, 0.25];

    private readonly Random _random = new(seed);

    /// <summary>The t of the largest absolute value.</summary>
    public WelchTest Measure(TimingCase subject, int traces)
    {
        var secrets = new byte[Batch * subject.SecretSize];
        var classes = new int[Batch];
        var times = new long[Batch];

        // The first batches warm up; the last of them tells the quantiles.
        for (int i = 0; i < 4; i++)
        {
            RunBatch(subject, secrets, classes, times);
        }

        long[] sorted = [.. times.Order()];
        long[] limits = [.. Quantiles.Select(quantile => quantile == 1 ? long.MaxValue : sorted[(int)(quantile * (Batch - 1))])];
        WelchTest[] tests = [.. Quantiles.Select(_ => new WelchTest())];
        for (int done = 0; done < traces; done += Batch)
        {
            RunBatch(subject, secrets, classes, times);
            for (int i = 0; i < Batch; i++)
            {
                for (int j = 0; j < tests.Length; j++)
                {
                    if (times[i] <= limits[j])
                    {
                        tests[j].Add(classes[i], times[i]);
                    }
                }
            }
        }

        return tests.MaxBy(test => Math.Abs(test.T))!;
    }

    private void RunBatch(TimingCase subject, byte[] secrets, int[] classes, long[] times)
    {
        // Both classes are drawn, and copied to their place by the same instructions, so that caches hold them alike.
        var drawn = new byte[subject.SecretSize];
        byte[][] sources = [subject.Fixed, drawn];
        for (int i = 0; i < Batch; i++)
        {
            _random.NextBytes(drawn);
            subject.Restrict(drawn);
            classes[i] = _random.Next(2);
            sources[classes[i]].CopyTo(secrets.AsSpan(i * subject.SecretSize));
        }

        for (int i = 0; i < Batch; i++)
        {
            ReadOnlySpan<byte> secret = secrets.AsSpan(i * subject.SecretSize, subject.SecretSize);

            // A fence keeps what came before, stores that are still on their way among it, out of the measurement, and all of
            // the operation in it.
            Interlocked.MemoryBarrier();
            long start = Stopwatch.GetTimestamp();
            Interlocked.MemoryBarrier();
            subject.Run(secret);
            Interlocked.MemoryBarrier();
            times[i] = Stopwatch.GetTimestamp() - start;
        }
    }
}
