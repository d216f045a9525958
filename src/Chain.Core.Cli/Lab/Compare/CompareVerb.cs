using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App;

namespace Chain.Core.Cli.Lab.Compare;

/// <summary><c>chain lab compare</c>: what changed between two results beyond noise.</summary>
internal static class CompareVerb
{
    public static Command Create(VerbScope scope)
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
            scope.Answer(
                parsed,
                new JsonObject { ["compared"] = changes.Count, ["beyondNoise"] = new JsonArray([.. beyondNoise.Select(Describe)]) },
                output => Print(beyondNoise, changes.Count, output));
            return beyondNoise.Any(static change => change.IsWorse) ? 1 : 0;
        });
        return command;
    }

    private static JsonObject Describe(FigureChange change) => new()
    {
        ["engine"] = change.Engine,
        ["figure"] = change.Figure.Key,
        ["unit"] = change.Figure.Unit,
        ["old"] = change.Old.Mean,
        ["new"] = change.New.Mean,
        ["worse"] = change.IsWorse,
    };

    private static void Print(FigureChange[] beyondNoise, int compared, TextWriter output)
    {
        foreach (FigureChange change in beyondNoise)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $" {change.Engine,-6} {change.Figure.Title,-34} {change.Old.Mean:G4} → {change.New.Mean:G4} {change.Figure.Unit} {(change.IsWorse ? "worse" : change.Figure.Better == 0 ? "" : "better")}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {beyondNoise.Length} of {compared} figures changed beyond noise"));
    }
}
