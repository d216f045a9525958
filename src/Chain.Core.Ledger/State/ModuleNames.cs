using System.Text;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>The order of modules in the state root.</summary>
internal static class ModuleNames
{
    public static string[] Sort(IEnumerable<string> names)
    {
        string[] sorted = names.ToArray();
        foreach (string name in sorted)
        {
            Check(name);
        }

        Array.Sort(sorted, static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
        if (sorted.Length > StateLimits.Modules)
        {
            throw new ArgumentException($"A chain has at most {StateLimits.Modules} modules.", nameof(names));
        }

        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
            {
                throw new ArgumentException($"Two modules have the name {sorted[i]}.", nameof(names));
            }
        }

        return sorted;
    }

    /// <summary>A name that fits the wire: not empty, at most <see cref="WireLimits.NameBytes"/> bytes.</summary>
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > WireLimits.NameBytes)
        {
            throw new ArgumentException($"The name {name} is longer than {WireLimits.NameBytes} bytes.", nameof(name));
        }
    }
}
