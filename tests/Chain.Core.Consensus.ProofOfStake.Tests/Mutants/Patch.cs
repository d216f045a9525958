namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>One change of one source file: a text that occurs once, and what stands in its place.</summary>
/// <param name="File">The file, from the folder of the sources, the project first.</param>
/// <param name="Old">The text.</param>
/// <param name="New">The other text.</param>
internal sealed record Patch(string File, string Old, string New)
{
    public string Project => File.Split('/')[0];

    public string Apply(string source)
    {
        int at = source.IndexOf(Old, StringComparison.Ordinal);
        return at >= 0 && source.IndexOf(Old, at + 1, StringComparison.Ordinal) < 0
            ? source.Replace(Old, New, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{File} does not have the text once: {Old}");
    }
}
