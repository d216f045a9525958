using System.Text.RegularExpressions;

namespace Chain.Core.Architecture.Tests.Packages;

/// <summary>Finds absolute paths of somebody's machine in text.</summary>
internal static partial class MachinePaths
{
    private static readonly string[] Binary = [".png", ".golden", ".bin", ".ico"];

    /// <summary>The lines of a text file that name such a path.</summary>
    public static IEnumerable<string> In(string path) =>
        Binary.Contains(Path.GetExtension(path)) ? [] : File.ReadLines(path).Where(IsNamedIn);

    public static bool IsNamedIn(string line) => MachinePath().IsMatch(line);

    /// <summary>Home folders at the root of a path, or a Windows drive; not the middle of a relative path or an address.</summary>
    [GeneratedRegex(@"(?<![\w.\-}])/(home|root|Users)/\w|\b[C-Z]:\\{1,2}\w{2,}")]
    private static partial Regex MachinePath();
}
