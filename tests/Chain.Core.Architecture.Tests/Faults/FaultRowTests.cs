using System.Globalization;
using System.Text.RegularExpressions;

namespace Chain.Core.Architecture.Tests.Faults;

/// <summary>Each row of the list of attacks and faults is found by <c>dotnet test --filter Fault=N</c>.</summary>
public sealed partial class FaultRowTests
{
    /// <summary>Rows that no test answers: 27 is the figure of a benchmark, 53 is held by the scripts of <c>eng</c>.</summary>
    private static readonly int[] Rows =
    [
        .. Enumerable.Range(1, 8), 12, 13, 18, 19, 20, 24, 25, 26, .. Enumerable.Range(29, 23), 54,
    ];

    [Fact]
    public void Rows_AllBuiltSoFar_HaveTestsWithTheirNumber()
    {
        SortedSet<int> found = [.. Repository.TrackedFiles()
            .Where(static path => path.EndsWith("Tests.cs", StringComparison.Ordinal) || path.EndsWith("Contract.cs", StringComparison.Ordinal))
            .SelectMany(static path => FaultTrait().Matches(File.ReadAllText(path)))
            .Select(static match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

        Assert.Empty(Rows.Except(found));
    }

    [GeneratedRegex("""\[Trait\("Fault", "([0-9]+)"\)\]""")]
    private static partial Regex FaultTrait();
}
