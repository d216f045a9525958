using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Chain.Core.Benchmarks.Ratios;

/// <summary>The entry <c>ratios [name…]</c>: a line for each figure; all but the slow ones without names.</summary>
internal sealed class RatioCommand(IReadOnlyList<RatioCase> catalog, TextWriter output, TextWriter errors)
{
    /// <summary>A figure that falls short is information, not an error.</summary>
    private const int Success = 0;

    /// <summary>The two sides disagree on an answer: no figure means anything then (EX_SOFTWARE).</summary>
    private const int Disagreement = 70;

    /// <summary>No figure has that name (EX_CONFIG).</summary>
    private const int UnknownName = 78;

    public int Run(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => catalog.All(figure => figure.Name != name)) is { } unknown)
        {
            errors.WriteLine($"No ratio is called '{unknown}'. Near it: {string.Join(", ", Nearest(unknown))}.");
            return UnknownName;
        }

        output.WriteLine($"{Processor()}; one core: {RatioClock.OneCore.Name}, all cores: {RatioClock.Wall.Name}, network: {RatioClock.WholeProcess.Name}.");
        WriteLine("name", "ours", "peer", "ratio", "target", "");
        int exitCode = Success;
        foreach (RatioCase figure in catalog.Where(figure => names.Count == 0 ? !figure.IsSlow : names.Contains(figure.Name)))
        {
            exitCode = Print(figure) ? exitCode : Disagreement;
        }

        return exitCode;
    }

    private bool Print(RatioCase figure)
    {
        Contest contest = figure.Prepare();
        try
        {
            return Print(figure, contest);
        }
        finally
        {
            contest.Release();
        }
    }

    private bool Print(RatioCase figure, Contest contest)
    {
        if (contest.FindDisagreement() is { } difference)
        {
            errors.WriteLine($"{figure.Name}: the answers of ours and of {figure.Peer} differ: {difference}");
            return false;
        }

        RatioFigure found = new RatioMeter(RatioClock.For(figure)).Measure(figure, contest);
        WriteLine(
            figure.Name,
            contest.Sizes is null ? Rate(found.Ours, figure.Unit) : Size(found.Ours, figure.Unit),
            contest.Sizes is null ? Rate(found.Peer, figure.Unit) : Size(found.Peer, figure.Unit),
            found.Ratio.ToString("0.00", CultureInfo.InvariantCulture),
            figure.Target.ToString(),
            $"{(figure.Target.IsReachedBy(found.Ratio) ? "ok" : "short")}  ({(figure.Required is null ? "against" : "required:")} {figure.Peer})");
        return true;
    }

    private void WriteLine(string name, string ours, string peer, string ratio, string target, string verdict) =>
        output.WriteLine($"{name,-36} {ours,24} {peer,24} {ratio,8} {target,8}  {verdict}".TrimEnd());

    private IEnumerable<string> Nearest(string name) => catalog
        .Select(figure => figure.Name)
        .OrderBy(candidate => candidate.Contains(name, StringComparison.OrdinalIgnoreCase) ? 0 : EditDistance.Between(name, candidate))
        .Take(3);

    private static string Rate(double perSecond, string unit) => perSecond switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:0.00} M {unit}/s"),
        >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e3:0.0} k {unit}/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0} {unit}/s"),
    };

    private static string Size(double size, string unit) => string.Create(CultureInfo.InvariantCulture, $"{size:0} {unit}");

    private static string Processor()
    {
        string vectors = Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "portable";
        return $".NET {Environment.Version}, {Environment.ProcessorCount} cores, targets for {vectors}";
    }
}
