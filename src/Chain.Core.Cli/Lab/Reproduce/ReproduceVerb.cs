using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Errors;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary><c>chain lab reproduce</c>: known results once more, next to their closed forms.</summary>
internal static class ReproduceVerb
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("reproduce", "Runs known results of the literature once more and prints them next to their closed forms.");
        IReproduction[] all = [new SelfishMiningReproduction(), new DoubleSpendReproduction(), new FinalityReproduction(), new SilentLeadersReproduction(), new DegreeReproduction()];
        var name = new Argument<string>("name") { Description = string.Join(", ", all.Select(static each => each.Name)) };
        var effort = new Option<int>("--effort") { Description = "how much to simulate: 1 is quick, 10 takes ten times as long", DefaultValueFactory = static _ => 1 };
        var jobs = new Option<int>("--jobs", "-j") { Description = "runs at a time", DefaultValueFactory = static _ => Environment.ProcessorCount };
        command.Arguments.Add(name);
        command.Options.Add(effort);
        command.Options.Add(jobs);
        command.SetAction(async (parsed, cancelled) =>
        {
            string asked = parsed.GetValue(name)!;
            IReproduction reproduction = all.FirstOrDefault(each => each.Name == asked)
                ?? throw new UsageException(FaultCode.Value, $"there is no reproduction '{asked}'", string.Join(", ", all.Select(static each => each.Name)));
            if (parsed.GetValue(effort) is < 1 or > 1000 || parsed.GetValue(jobs) < 1)
            {
                throw new UsageException(FaultCode.Value, string.Create(CultureInfo.InvariantCulture, $"--effort {parsed.GetValue(effort)}, --jobs {parsed.GetValue(jobs)}: not what they take"), "an effort from 1 to 1000, and jobs from 1");
            }

            output.WriteLine(reproduction.Header);
            IReadOnlyList<Func<CancellationToken, string>> rows = reproduction.Rows(parsed.GetValue(effort));
            var lines = new string[rows.Count];
            var options = new ParallelOptions { MaxDegreeOfParallelism = parsed.GetValue(jobs), CancellationToken = cancelled };
            int printed = 0;
            var gate = new Lock();
            await Parallel.ForAsync(0, rows.Count, options, (index, token) =>
            {
                string line = rows[index](token);
                lock (gate)
                {
                    lines[index] = line;
                    for (; printed < lines.Length && lines[printed] is not null; printed++)
                    {
                        output.WriteLine(lines[printed]);
                    }
                }

                return ValueTask.CompletedTask;
            });
            return 0;
        });
        return command;
    }
}
