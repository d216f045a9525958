using Chain.Core.App.Errors;
using Chain.Core.Simulation.Laboratory;

namespace Chain.Core.Cli.Lab.Run;

/// <summary>A scenario by its name, or from a file.</summary>
internal static class ScenarioFile
{
    /// <summary>The scenario that is called so, or stands in the file of that path.</summary>
    /// <exception cref="UsageException">There is neither, or the file does not read.</exception>
    public static Scenario Find(string nameOrPath)
    {
        if (NamedScenarios.Find(nameOrPath) is { } named)
        {
            return named;
        }

        if (!File.Exists(nameOrPath))
        {
            string? near = Nearest.To(nameOrPath, NamedScenarios.All.Select(static each => each.Name));
            throw new UsageException(
                FaultCode.Scenario,
                $"--scenario: there is no scenario and no file '{nameOrPath}'",
                $"a file, or one of {string.Join(", ", NamedScenarios.All.Select(static each => each.Name))}",
                near is null ? null : $"did you mean {near}?");
        }

        return ScenarioJson.TryRead(ReadText(nameOrPath), out Scenario? scenario, out string problem)
            ? scenario
            : throw new UsageException(FaultCode.Scenario, $"{nameOrPath} is no scenario: {problem}", null, "'chain lab schema' prints the schema of scenario files");
    }

    private static string ReadText(string path) => new FileInfo(path).Length <= ScenarioJson.MaxLength
        ? File.ReadAllText(path)
        : throw new UsageException(FaultCode.Scenario, $"{path} is longer than a scenario can be");
}
