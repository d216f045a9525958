using System.Globalization;

namespace Chain.Core.Benchmarks.Timing;

/// <summary>The entry <c>timing [traces] [seed] [name…]</c>: Welch's t for each operation on secrets; a million traces by default.</summary>
internal sealed class TimingCommand(IReadOnlyList<TimingCase> catalog, TextWriter output)
{
    private const int DefaultTraces = 1_000_000;
    private const double Limit = 4.5;
    private const int DefaultSeed = 27;

    /// <summary>1 where an operation depends on its secret or the measurement misses a control.</summary>
    public int Run(IReadOnlyList<string> arguments)
    {
        int[] numbers = [.. arguments.TakeWhile(each => int.TryParse(each, CultureInfo.InvariantCulture, out _)).Select(each => int.Parse(each, CultureInfo.InvariantCulture))];
        int traces = numbers.Length > 0 ? numbers[0] : DefaultTraces;
        int seed = numbers.Length > 1 ? numbers[1] : DefaultSeed;
        string[] names = [.. arguments.Skip(numbers.Length)];
        output.WriteLine($"fixed against random secrets, {traces} traces, seed {seed}; constant where |t| < {Limit.ToString(CultureInfo.InvariantCulture)}");
        int exitCode = 0;
        foreach (TimingCase subject in catalog.Where(subject => names.Length == 0 || names.Contains(subject.Name)))
        {
            WelchTest test = new TimingMeter(seed).Measure(subject, traces);
            double t = test.T;
            bool isConstant = Math.Abs(t) < Limit;
            exitCode = isConstant == subject.IsControl ? 1 : exitCode;
            string verdict = isConstant ? "constant" : "depends on the secret";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{subject.Name,-32} t = {t,9:0.00}  {test.Difference,8:0.00} of {test.MeanOfOther:0} ns  {verdict}{(subject.IsControl ? " (control)" : "")}"));
        }

        return exitCode;
    }
}
