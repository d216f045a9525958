namespace Chain.Core.Fuzz;

/// <summary>One decoder under attack.</summary>
/// <param name="Name">As the command line and the report have it.</param>
/// <param name="Seeds">Valid inputs, and some that are nearly so.</param>
/// <param name="Run">
/// Gives the input to the decoder; whether it was accepted. What it throws is a finding, <see cref="OracleException"/>
/// where the decoder answered wrongly.
/// </param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], bool> Run)
{
    /// <summary>The longest input in bytes.</summary>
    public int MaxLength { get; init; } = 4096;

    /// <summary>Most bytes that an input may make the decoder and the oracle allocate, beside <see cref="AllocatedPerByte"/>.</summary>
    public int AllocatedBase { get; init; } = 16 * 1024;

    /// <summary>Most bytes allocated for a byte of input.</summary>
    public int AllocatedPerByte { get; init; } = 16;

    /// <summary>Byte strings that mean something to the decoder.</summary>
    public IReadOnlyList<byte[]> Tokens { get; init; } = [];
}
