using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Wire;

/// <summary>A value with one canonical encoding.</summary>
/// <typeparam name="TSelf">The value's own type.</typeparam>
public interface IWireValue<TSelf>
    where TSelf : class, IWireValue<TSelf>
{
    /// <summary>A lower bound of <see cref="Encoded"/> in bytes: a list's count is refused where so much cannot follow.</summary>
    static virtual int MinEncodedBytes => 1;

    /// <summary>The canonical bytes. A decoded value keeps the bytes that it came from.</summary>
    ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Reads a value that stands inside another; the reader keeps the reason of a refusal.</summary>
    static abstract bool TryRead(ref WireReader reader, [NotNullWhen(true)] out TSelf? value);
}
