using System.Globalization;
using Chain.Core.Crypto;

namespace Chain.Core.Fuzz;

/// <summary>Keeps the inputs that broke a rule, each with what it broke and how to run it again.</summary>
internal sealed class FindingFiles(string folder, string target)
{
    private const int MaxOfKind = 3;

    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);

    public int Kinds => _kinds.Count;

    public void Keep(byte[] input, Finding finding)
    {
        int known = _kinds.GetValueOrDefault(finding.Kind);
        _kinds[finding.Kind] = known + 1;
        if (known < MaxOfKind)
        {
            Write(input, finding);
        }
    }

    public void Write(byte[] input, Finding finding)
    {
        Directory.CreateDirectory(folder);
        string name = string.Create(CultureInfo.InvariantCulture, $"{target}-{Sha256.Hash(input).ToString()[..12]}");
        string path = Path.Combine(folder, name + ".bin");
        File.WriteAllBytes(path, input);
        File.WriteAllText(
            Path.Combine(folder, name + ".txt"),
            $"""
            {finding}

            dotnet run -c Release --project tests/Chain.Core.Fuzz -- --replay {target} {path}

            """);
    }
}
