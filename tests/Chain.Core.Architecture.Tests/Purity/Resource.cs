namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>The lists beside the tests: one entry a line, a comment after <c>#</c>.</summary>
internal static class Resource
{
    public static IEnumerable<string> Lines(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            string entry = line.Split('#')[0].Trim();
            if (entry.Length > 0)
            {
                lines.Add(entry);
            }
        }

        return lines;
    }
}
