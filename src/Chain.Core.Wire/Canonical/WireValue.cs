using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Wire;

/// <summary>Decodes whole values.</summary>
public static class WireValue
{
    /// <summary>Decodes a value that fills <paramref name="bytes"/> exactly. The bytes are kept, not copied.</summary>
    /// <returns>False, with the reason in <paramref name="error"/>, for anything but the one canonical encoding.</returns>
    public static bool TryDecode<T>(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out T? value, out WireError error)
        where T : class, IWireValue<T>
    {
        var reader = new WireReader(bytes);
        bool decoded = T.TryRead(ref reader, out value) && reader.TryEnd();
        error = reader.Error;
        value = decoded ? value : null;
        return decoded;
    }
}
