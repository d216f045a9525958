using System.CommandLine;
using System.Globalization;

namespace Chain.Core.Cli.Lab.Compare;

/// <summary><c>chain lab compare</c>: what changed between two results beyond noise.</summary>
internal static class CompareVerb
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("compare", "Compares two results: what changed by more than the seeds of either vary. Exit code 1 where something became worse.");
        var old = new Argument<string>("old") { Description = "a manifest.json, or the folder of one" };
        var newer = new Argument<string>("new") { Description = "another" };
        command.Arguments.Add(old);
        command.Arguments.Add(newer);
        command.SetAction(parsed =>
        {
            IReadOnlyList<FigureChange> changes = FigureChange.Between(ManifestFile.Read(parsed.GetValue(old)!), ManifestFile.Read(parsed.GetValue(newer)!));
            FigureChange[] beyondNoise = [.. changes.Where(static change => change.IsBeyondNoise)];
            foreach (FigureChange change in beyondNoise)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $" {change.Engine,-6} {change.Figure.Title,-34} {change.Old.Mean:G4} → {change.New.Mean:G4} {change.Figure.Unit} {(change.IsWorse ? "worse" : change.Figure.Better == 0 ? "" : "better")}"));
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {beyondNoise.Length} of {changes.Count} figures changed beyond noise"));
            return beyondNoise.Any(static change => change.IsWorse) ? 1 : 0;
        });
        return command;
    }
}
