namespace Chain.Core.Cli.Errors;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>The known word with the fewest changes from a wrong one; null where none is near.</summary>
    public static string? To(string wrong, IEnumerable<string> known)
    {
        (string Word, int Distance)[] near =
        [
            .. known.Select(word => (word, Distance(wrong, word))).Where(each => each.Item2 <= int.Max(1, each.word.Length / 3)).OrderBy(static each => each.Item2),
        ];
        return near.Length == 0 ? null : near[0].Word;
    }

    /// <summary>How many letters have to be changed, added or removed (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int change = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = int.Min(change, int.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
