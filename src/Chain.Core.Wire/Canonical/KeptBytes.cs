using System.Runtime.InteropServices;

namespace Chain.Core.Wire;

/// <summary>Whose array the bytes of a decoded value stand in.</summary>
internal static class KeptBytes
{
    /// <summary>Whether the bytes share their array with nothing else.</summary>
    internal static bool AreWholeArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) && segment.Array!.Length == segment.Count;
}
