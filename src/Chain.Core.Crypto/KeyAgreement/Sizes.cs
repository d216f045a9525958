namespace Chain.Core.Crypto;

/// <summary>Refuses a caller's span of the wrong length.</summary>
internal static class Sizes
{
    public static void Require(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Must have {expected} bytes, not {actual}.", name);
        }
    }

    public static void RequireAtLeast(int actual, int least, string name)
    {
        if (actual < least)
        {
            throw new ArgumentException($"Must have at least {least} bytes, not {actual}.", name);
        }
    }
}
