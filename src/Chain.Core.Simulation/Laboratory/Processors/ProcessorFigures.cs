namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// What one core takes, as the benchmarks of this repository measured it: docs/performance.md, two cores of an AMD EPYC
/// (Zen 4), .NET 10.
/// </summary>
public sealed record ProcessorFigures
{
    /// <summary>A signature of a transaction, of many that are verified together: <c>ed25519-verify-many-256</c>, 124 k/s.</summary>
    public TimeSpan Signature { get; init; } = TimeSpan.FromMicroseconds(8.1);

    /// <summary>A signature of a known validator: <c>certificate-100</c>, 222 k/s.</summary>
    public TimeSpan Vote { get; init; } = TimeSpan.FromMicroseconds(4.5);

    /// <summary>Execution of a transfer without its signature: <c>block-append</c>, 66 k/s.</summary>
    public TimeSpan Execution { get; init; } = TimeSpan.FromMicroseconds(15);

    /// <summary>What a job of admission takes beside the signature: 31 µs less 8.5 µs, of <c>gossip-admit</c>.</summary>
    public TimeSpan Admission { get; init; } = TimeSpan.FromMicroseconds(22.5);

    /// <summary>What the loop takes for an admitted transaction: 13.2 µs of <c>gossip-admit</c>.</summary>
    public TimeSpan LoopTransaction { get; init; } = TimeSpan.FromMicroseconds(13.2);

    /// <summary>What the loop takes for any other message: 1.4 µs of a frame in <c>wire-200B-encrypted</c> and 1.4 µs of a step in <c>pos-step</c>.</summary>
    public TimeSpan LoopMessage { get; init; } = TimeSpan.FromMicroseconds(2.8);

    /// <summary>Decoding a block, for each of its transactions: <c>block-decode-1MB</c>, 1.5 k blocks a second of about 5,000.</summary>
    public TimeSpan DecodedTransaction { get; init; } = TimeSpan.FromMicroseconds(0.13);

    /// <summary>Threads for jobs on each node.</summary>
    /// <value>2 by default, as the machine that was measured on.</value>
    public int JobThreads { get; init; } = 2;
}
