namespace Chain.Core.Benchmarks.Ratios;

/// <summary>What was measured: units per second of both sides, and the median of the paired ratios.</summary>
internal readonly record struct RatioFigure(double Ours, double Peer, double Ratio);
