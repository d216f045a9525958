namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>
/// Which external types and members an assembly may use. The format stands at the top of
/// <c>AllowedExternals.txt</c>.
/// </summary>
internal sealed class AllowList
{
    private const string Everybody = "Chain.Core.*";

    private readonly List<Line> _lines;

    private AllowList(List<Line> lines) => _lines = lines;

    public static AllowList Shipped { get; } = Parse(Resource.Lines("AllowedExternals.txt"));

    public static AllowList Parse(IEnumerable<string> text)
    {
        var lines = new List<Line>();
        string section = Everybody;
        foreach (string line in text)
        {
            if (line.StartsWith('['))
            {
                section = line.Trim('[', ']');
                continue;
            }

            string[] parts = line.TrimStart('!').Split("::");
            lines.Add(new Line(section, line.StartsWith('!'), parts[0], parts.Length > 1 ? parts[1] : null));
        }

        return new AllowList(lines);
    }

    /// <summary>Whether <paramref name="assembly"/> may use it.</summary>
    public bool Allows(string assembly, ExternalUse use)
    {
        List<Line> lines = [.. _lines.Where(line => line.Section == Everybody || line.Section == assembly)];
        return lines.Any(line => !line.IsBan && line.Covers(use))
            && !lines.Any(line => line.IsBan && line.Covers(use))
            && (!use.IsFloating || AllowsFloatingPoint(assembly));
    }

    /// <summary>Floating point is for the assemblies that may use <see cref="double"/>.</summary>
    public bool AllowsFloatingPoint(string assembly) =>
        _lines.Any(line => line.Section == assembly && !line.IsBan && line.Type == typeof(double).FullName);

    private sealed record Line(string Section, bool IsBan, string Type, string? Member)
    {
        public bool Covers(ExternalUse use)
        {
            if (!CoversType(use.Type))
            {
                return false;
            }

            // To use one member is to mention its type; to ban one member is not to ban the type.
            return Member is null || (use.Member is null ? !IsBan : Member == use.Member);
        }

        private bool CoversType(string type)
        {
            int star = Type.IndexOf('*', StringComparison.Ordinal);
            return star < 0
                ? type == Type || type.StartsWith(Type + "+", StringComparison.Ordinal)
                : type.Length >= Type.Length - 1
                    && type.StartsWith(Type[..star], StringComparison.Ordinal)
                    && type.EndsWith(Type[(star + 1)..], StringComparison.Ordinal);
        }
    }
}
