using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Simulation;

/// <summary>
/// Has the processor fetch objects that are soon needed. In a large simulation hardly anything of a node is in a cache when its
/// turn comes, and a fetch takes as long as some hundred instructions. Changes nothing but the time that a simulation takes; does
/// nothing where there is no such instruction.
/// </summary>
internal static class Lookahead
{
    private const int LineBytes = 64;

    /// <summary>Fetches the first lines of an object. Where the collector moves it meanwhile, the fetch is in vain and does no harm.</summary>
    /// <param name="subject">The object; null is passed over.</param>
    /// <param name="lines">How many cache lines.</param>
    public static unsafe void Fetch(object? subject, int lines = 1)
    {
        if (Sse.IsSupported)
        {
            byte* address = *(byte**)Unsafe.AsPointer(ref subject);
            for (int i = 0; i < lines; i++)
            {
                Sse.Prefetch0(address + (i * LineBytes));
            }
        }
    }

    /// <summary>Fetches a place of an array.</summary>
    public static unsafe void Fetch(byte[] bytes, int place)
    {
        if (Sse.IsSupported && (uint)place < (uint)bytes.Length)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref bytes[place]));
        }
    }
}
