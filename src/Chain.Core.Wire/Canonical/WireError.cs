namespace Chain.Core.Wire;

/// <summary>Why bytes were refused.</summary>
public enum WireError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The bytes end before the value does.</summary>
    Truncated,

    /// <summary>Another type stands where the value should begin.</summary>
    WrongType,

    /// <summary>The value is spelled longer than it has to be, or in a form outside the subset.</summary>
    NotCanonical,

    /// <summary>A length or count is above its stated maximum.</summary>
    TooLong,

    /// <summary>A number, tag or count is outside the values that mean something here.</summary>
    OutOfRange,

    /// <summary>Bytes are left after the value.</summary>
    TrailingBytes,
}
