using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>Manifests as JSON files.</summary>
public static class ManifestJson
{
    /// <summary>Most characters of a file that is read.</summary>
    public const int MaxLength = 64 << 20;

    /// <summary>The version of the laboratory: runs of another one need not be the same.</summary>
    public static string Version { get; } =
        typeof(ManifestJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The manifest of a comparison, made on this machine at this time.</summary>
    public static RunManifest Create(Comparison comparison, DateTimeOffset made, IReadOnlyList<string> engineAssemblies)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new RunManifest
        {
            Scenario = comparison.Scenario,
            Version = Version,
            EngineAssemblies = engineAssemblies,
            Machine = FormattableString.Invariant($"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}"),
            Made = made.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            Runs = [.. comparison.Runs.Select(Describe)],
        };
    }

    /// <summary>Writes a manifest.</summary>
    public static string Write(RunManifest manifest) => JsonSerializer.Serialize(manifest, ScenarioJsonContext.Default.RunManifest);

    /// <summary>Reads a manifest; the problem says what is wrong, and where.</summary>
    public static bool TryRead(string json, [NotNullWhen(true)] out RunManifest? manifest, out string problem)
    {
        ArgumentNullException.ThrowIfNull(json);
        manifest = null;
        try
        {
            manifest = json.Length > MaxLength ? null : JsonSerializer.Deserialize(json, ScenarioJsonContext.Default.RunManifest);
            problem = manifest is null ? "it is empty or too long" : ScenarioCheck.FindProblem(manifest.Scenario) ?? "";
        }
        catch (JsonException wrong)
        {
            problem = wrong.Message;
        }

        manifest = problem.Length == 0 ? manifest : null;
        return manifest is not null;
    }

    private static ManifestRun Describe(RunResult run) => new()
    {
        Engine = run.Engine,
        Seed = run.Seed,
        Digest = run.Digest,
        Events = run.Events,
        TookSeconds = run.Took.TotalSeconds,
        Checkpoints = run.Checkpoints,
        Figures = new SortedDictionary<string, double>(
            FigureCatalog.All.Where(figure => figure.Of(run.Measures) is not null).ToDictionary(static figure => figure.Key, figure => figure.Of(run.Measures)!.Value),
            StringComparer.Ordinal),
    };
}
