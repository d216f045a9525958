namespace Chain.Core.App.Errors;

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

    /// <summary>How many letters have to be changed, added, removed or swapped with the next (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var distance = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                distance[i, j] = i == 0 || j == 0 ? i + j : Least(i, j);
            }
        }

        return distance[one.Length, other.Length];

        int Least(int i, int j)
        {
            int least = int.Min(distance[i - 1, j], distance[i, j - 1]) + 1;
            least = int.Min(least, distance[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
            bool isSwapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
            return isSwapped ? int.Min(least, distance[i - 2, j - 2] + 1) : least;
        }
    }
}
