namespace Chain.Core.Benchmarks.Timing;

/// <summary>An operation on a secret, and two classes of secrets that must take the same time.</summary>
internal sealed record TimingCase
{
    /// <summary>Computes with one secret.</summary>
    public delegate void Operation(ReadOnlySpan<byte> secret);

    /// <summary>Changes random bytes into a secret of the operation's range.</summary>
    public delegate void Shape(Span<byte> secret);

    /// <summary>What the command line calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Length of a secret in bytes.</summary>
    public required int SecretSize { get; init; }

    /// <summary>The secret of the fixed class; the other class is random.</summary>
    public required byte[] Fixed { get; init; }

    /// <summary>Applied to the random class.</summary>
    public Shape Restrict { get; init; } = static _ => { };

    public required Operation Run { get; init; }

    /// <summary>Whether it is a control: code known to take variable time, which the measurement must find out.</summary>
    public bool IsControl { get; init; }
}
