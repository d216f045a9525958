using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App;
using Chain.Core.App.Errors;
using Chain.Core.Cli.Lab.Run;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary><c>chain lab reproduce</c>: known results once more, next to their closed forms.</summary>
internal static class ReproduceVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("reproduce", "Runs known results of the literature once more and prints them next to their closed forms.");
        IReproduction[] known = [new SelfishMiningReproduction(), new DoubleSpendReproduction(), new StaleRateReproduction(), new FinalityReproduction(), new SilentLeadersReproduction(), new DegreeReproduction()];
        var name = new Argument<string>("name") { Description = string.Join(", ", known.Select(static each => each.Name)) };
        var effort = new Option<int>("--effort") { Description = "how much to simulate: 1 is quick, 10 takes ten times as long", DefaultValueFactory = static _ => 1 };
        var jobs = new Option<int>("--jobs", "-j") { Description = "runs at a time", DefaultValueFactory = static _ => Environment.ProcessorCount };
        var only = new Option<string>("--rows") { Description = "only these rows of the table, counted from 1: 3, 1,4 or 2..5", DefaultValueFactory = static _ => "" };
        command.Arguments.Add(name);
        command.Options.Add(effort);
        command.Options.Add(jobs);
        command.Options.Add(only);
        command.SetAction(async (parsed, cancelled) =>
        {
            string asked = parsed.GetValue(name)!;
            IReproduction reproduction = known.FirstOrDefault(each => each.Name == asked)
                ?? throw new UsageException(FaultCode.Value, $"there is no reproduction '{asked}'", string.Join(", ", known.Select(static each => each.Name)));
            if (parsed.GetValue(effort) is < 1 or > 1000 || parsed.GetValue(jobs) < 1)
            {
                throw new UsageException(FaultCode.Value, string.Create(CultureInfo.InvariantCulture, $"--effort {parsed.GetValue(effort)}, --jobs {parsed.GetValue(jobs)}: not what they take"), "an effort from 1 to 1000, and jobs from 1");
            }

            IReadOnlyList<Func<CancellationToken, ReproducedRow>> all = reproduction.Rows(parsed.GetValue(effort));
            IReadOnlyList<Func<CancellationToken, ReproducedRow>> rows = [.. Choose(parsed.GetValue(only)!, all.Count).Select(row => all[row - 1])];
            scope.Answer(parsed, new JsonObject { ["columns"] = CellsOf(reproduction.Header.Split('\n')[0]) }, output => output.WriteLine(reproduction.Header));
            var found = new ReproducedRow[rows.Count];
            var options = new ParallelOptions { MaxDegreeOfParallelism = parsed.GetValue(jobs), CancellationToken = cancelled };
            bool isBarShown = scope.Terminal.IsInteractive && !scope.IsJson(parsed);
            int done = 0;
            int printed = 0;
            ShowBar();
            var gate = new Lock();
            await Parallel.ForAsync(0, rows.Count, options, (index, token) =>
            {
                ReproducedRow row = rows[index](token);
                lock (gate)
                {
                    found[index] = row;
                    done++;
                    HideBar();
                    for (; printed < found.Length && found[printed] is not null; printed++)
                    {
                        string line = found[printed].Line;
                        scope.Answer(parsed, new JsonObject { ["cells"] = CellsOf(line) }, output => output.WriteLine(line));
                    }

                    ShowBar();
                }

                return ValueTask.CompletedTask;
            });
            HideBar();
            if (reproduction.Summarize(found) is { Length: > 0 } summary)
            {
                scope.Answer(parsed, new JsonObject { ["summary"] = summary }, output => output.WriteLine($"{Environment.NewLine}{summary}"));
            }

            return 0;

            void ShowBar()
            {
                if (isBarShown)
                {
                    scope.Terminal.Output.Write(string.Create(
                        CultureInfo.InvariantCulture, $" {ProgressBar.Of((double)done / rows.Count)} {done} of {rows.Count} rows"));
                }
            }

            void HideBar()
            {
                if (isBarShown)
                {
                    scope.Terminal.Output.Write(ProgressBar.Clear);
                }
            }
        });
        return command;
    }

    /// <summary>The cells of a row of a Markdown table.</summary>
    private static JsonArray CellsOf(string row) => [.. row.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries).Select(static cell => (JsonNode)cell)];

    /// <summary>The rows of a list such as <c>1,4..6</c>; all where it is empty.</summary>
    private static IEnumerable<int> Choose(string text, int count)
    {
        var chosen = new SortedSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split("..");
            if (ends.Length > 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) || first < 1 || last < first || last > count)
            {
                throw new UsageException(FaultCode.Value, $"--rows: '{part}' is no row of this table", string.Create(CultureInfo.InvariantCulture, $"numbers from 1 to {count}: 3, 1,4 or 2..5"));
            }

            chosen.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return chosen.Count == 0 ? Enumerable.Range(1, count) : chosen;
    }
}
