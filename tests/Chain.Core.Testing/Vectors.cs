namespace Chain.Core.Testing;

/// <summary>Finds the published test vectors, which are not part of this repository.</summary>
public static class Vectors
{
    /// <summary>Names the folder of the vectors; without it, <c>shared/vectors</c> beside the repository is tried.</summary>
    public const string Variable = "CHAIN_CORE_VECTORS";

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The full path of a vector file, for example <c>hash/nist_SHA256ShortMsg.rsp</c>.</summary>
    public static string PathOf(string relative) =>
        Path.Combine(Folder ?? throw new InvalidOperationException($"Set {Variable}."), relative);

    /// <summary>Why a test on <paramref name="relative"/> cannot run here, or null where it can.</summary>
    public static string? ReasonToSkip(string relative)
    {
        if (Folder is null)
        {
            return $"No folder of test vectors: set {Variable}.";
        }

        string path = Path.Combine(Folder, relative);
        return File.Exists(path) || Directory.Exists(path) ? null : $"The test vectors lack {relative}.";
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "shared", "vectors");
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }

        return null;
    }
}
