using SharpFuzz;

namespace Chain.Core.Fuzz;

/// <summary>A copy of this program in which every assembly of ours counts the edges that it takes.</summary>
internal static class InstrumentedCopy
{
    /// <summary>
    /// Arithmetic whose way does not depend on the input: counted, it would be several times slower and would show
    /// nothing. What decodes points and scalars is not among it.
    /// </summary>
    private static readonly string[] Uncounted =
    [
        "Chain.Core.Crypto.Lane", "Chain.Core.Crypto.Quad", "Chain.Core.Crypto.FieldElement", "Chain.Core.Crypto.EdwardsPoint",
        "Chain.Core.Crypto.PointAccumulator", "Chain.Core.Crypto.CachedPoint", "Chain.Core.Crypto.AffineCachedPoint",
        "Chain.Core.Crypto.BasePointTable", "Chain.Core.Crypto.NonAdjacentForm", "Chain.Core.Crypto.Sha", "Chain.Core.Crypto.Blake",
        "Chain.Core.Crypto.Keccak", "Chain.Core.Crypto.SipHash", "Chain.Core.Crypto.SecpFieldElement", "Chain.Core.Crypto.SecpPoint",
        "Chain.Core.Crypto.SecpBaseTable", "Chain.Core.Crypto.SecpMultiples", "Chain.Core.Crypto.Words",
        "Chain.Core.Crypto.SecretEdwardsProduct", "Chain.Core.Crypto.SecretScalarField", "Chain.Core.Crypto.VrfBaseTable",
        "Chain.Core.Machines.DeterministicRandom",
    ];

    /// <summary>Makes the copy in a folder that it replaces.</summary>
    /// <returns>The program's path in the copy.</returns>
    public static string Make(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Copy(AppContext.BaseDirectory, folder);
        string program = Path.GetFileName(typeof(InstrumentedCopy).Assembly.Location);
        foreach (string path in Directory.GetFiles(folder, "Chain.Core.*.dll"))
        {
            if (Path.GetFileName(path) != program)
            {
                Fuzzer.Instrument(path, IsCounted, Options.Value);
            }
        }

        return Path.Combine(folder, program);
    }

    private static bool IsCounted(string type) => !Uncounted.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
