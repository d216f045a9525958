using System.Globalization;

namespace Chain.Core.Benchmarks.Timing;

/// <summary>The entry <c>timing [traces] [name…]</c>: Welch's t for each operation on secrets; a million traces by default.</summary>
internal sealed class TimingCommand(IReadOnlyList<TimingCase> catalog, TextWriter output)
{
    private const int DefaultTraces = 1_000_000;
    private const double Limit = 4.5;
    private const int Seed = 27;

    /// <summary>1 where an operation depends on its secret or the measurement misses a control.</summary>
    public int Run(IReadOnlyList<string> arguments)
    {
        bool isGiven = arguments.Count > 0 && int.TryParse(arguments[0], CultureInfo.InvariantCulture, out _);
        int traces = isGiven ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultTraces;
        string[] names = [.. arguments.Skip(isGiven ? 1 : 0)];
        output.WriteLine($"fixed against random secrets, {traces} traces, seed {Seed}; constant where |t| < {Limit.ToString(CultureInfo.InvariantCulture)}");
        int exitCode = 0;
        foreach (TimingCase subject in catalog.Where(subject => names.Length == 0 || names.Contains(subject.Name)))
        {
            double t = new TimingMeter(Seed).Measure(subject, traces);
            bool isConstant = Math.Abs(t) < Limit;
            exitCode = isConstant == subject.IsControl ? 1 : exitCode;
            string verdict = isConstant ? "constant" : "depends on the secret";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{subject.Name,-32} t = {t,9:0.00}  {verdict}{(subject.IsControl ? " (control)" : "")}"));
        }

        return exitCode;
    }
}
