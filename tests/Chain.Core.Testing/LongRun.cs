using System.Globalization;

namespace Chain.Core.Testing;

/// <summary>The switch for long soaks and fuzzing: <c>CHAIN_CORE_LONG=1</c>, or a factor such as <c>100</c>.</summary>
public static class LongRun
{
    public const string Variable = "CHAIN_CORE_LONG";

    /// <summary>With which seed or scenario a run begins, for one that goes on where another ended.</summary>
    public const string FirstVariable = "CHAIN_CORE_FIRST";

    /// <summary>0 in an ordinary run, else the number in the variable (1 where it is not a number).</summary>
    public static int Factor { get; } = Read();

    /// <summary><paramref name="ordinary"/> in an ordinary run, <paramref name="perFactor"/> × factor in a long one.</summary>
    public static int Count(int ordinary, int perFactor) => Factor == 0 ? ordinary : checked(perFactor * Factor);

    /// <summary><paramref name="ordinary"/>, or the number in <see cref="FirstVariable"/>.</summary>
    public static long First(long ordinary) =>
        long.TryParse(Environment.GetEnvironmentVariable(FirstVariable), CultureInfo.InvariantCulture, out long first) ? first : ordinary;

    private static int Read() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "0" => 0,
        string text => int.TryParse(text, out int factor) ? factor : 1,
    };
}
