namespace Chain.Core.Ledger;

/// <summary>
/// What the values of a codec look like on the wire, for programs that show or make them without the module's code, such as
/// an explorer. It says nothing that decoding relies on.
/// </summary>
public abstract record ValueShape
{
    private protected ValueShape()
    {
    }

    /// <summary>An unsigned integer of at most so many bits.</summary>
    public sealed record Integer(int Bits) : ValueShape;

    /// <summary>True or false.</summary>
    public sealed record Truth : ValueShape;

    /// <summary>A byte string of 32 bytes.</summary>
    public sealed record Hash : ValueShape;

    /// <summary>The address of an account: 32 bytes.</summary>
    public sealed record Address : ValueShape;

    /// <summary>A block height, as an unsigned integer.</summary>
    public sealed record Height : ValueShape;

    /// <summary>Milliseconds since 1970-01-01 UTC, as an unsigned integer.</summary>
    public sealed record Time : ValueShape;

    /// <summary>A byte string of at most so many bytes.</summary>
    public sealed record Bytes(int MaxBytes) : ValueShape;

    /// <summary>A string of at most so many bytes in UTF-8.</summary>
    public sealed record Text(int MaxBytes) : ValueShape;

    /// <summary>An array of fixed length, whose elements mean different things.</summary>
    public sealed record Tuple(IReadOnlyList<ValueField> Fields) : ValueShape;

    /// <summary>An array of at most so many equal elements.</summary>
    public sealed record List(ValueShape Element, int MaxCount) : ValueShape;

    /// <summary>Some canonical value: the module's codec does not say what.</summary>
    public sealed record Opaque : ValueShape;
}
