namespace Chain.Core.Fuzz;

/// <summary>What must hold of an answer.</summary>
internal static class Oracle
{
    public static void Holds(bool condition, string what)
    {
        if (!condition)
        {
            throw new OracleException(what);
        }
    }

    public static void AreEqual(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what) =>
        Holds(expected.SequenceEqual(actual), what);

    /// <summary>Runs something that may throw one documented exception.</summary>
    /// <returns>Whether it did not.</returns>
    public static bool Throws<TDocumented>(Action action)
        where TDocumented : Exception
    {
        try
        {
            action();
            return false;
        }
        catch (TDocumented)
        {
            return true;
        }
    }
}
