using System.Globalization;

namespace Chain.Core.Simulation.DigestProbe;

/// <summary>Prints the digests of the seeds from the first argument up to the second, under a culture that writes numbers in its own way.</summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        ulong first = ulong.Parse(args[0], CultureInfo.InvariantCulture);
        ulong last = ulong.Parse(args[1], CultureInfo.InvariantCulture);
        if (args.Length > 2)
        {
            CultureInfo.CurrentCulture = Odd();
        }

        for (ulong seed = first; seed <= last; seed++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed} {DigestScenario.Run(seed)}"));
        }
    }

    private static CultureInfo Odd()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = "'";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        return culture;
    }
}
