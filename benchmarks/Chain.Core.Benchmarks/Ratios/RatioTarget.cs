using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Benchmarks.Ratios;

/// <summary>What a ratio has to reach: so many times the peer's speed, or at most so many times its time.</summary>
internal sealed record RatioTarget
{
    private RatioTarget(double bound, bool isOfTime)
    {
        Bound = bound;
        IsOfTime = isOfTime;
    }

    public double Bound { get; }

    /// <summary>Whether the ratio is time over time (small is good) instead of speed over speed.</summary>
    public bool IsOfTime { get; }

    /// <summary>At least <paramref name="speed"/> times as fast as the peer on any processor.</summary>
    public static RatioTarget AtLeast(double speed) => new(speed, false);

    /// <summary>At least so many times as fast, by the widest vectors of this processor.</summary>
    public static RatioTarget AtLeast(double avx512, double avx2, double portable) =>
        new(Avx512F.IsSupported ? avx512 : Avx2.IsSupported ? avx2 : portable, false);

    /// <summary>At most <paramref name="time"/> times the peer's time.</summary>
    public static RatioTarget AtMost(double time) => new(time, true);

    /// <summary>The ratio that this target is about.</summary>
    public double RatioOf(double ourTime, double peerTime) => IsOfTime ? ourTime / peerTime : peerTime / ourTime;

    public bool IsReachedBy(double ratio) => IsOfTime ? ratio <= Bound : ratio >= Bound;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsOfTime ? "≤" : "≥")} {Bound:0.00}");
}
