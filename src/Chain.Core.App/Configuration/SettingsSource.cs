using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Microsoft.Extensions.Configuration;

namespace Chain.Core.App.Configuration;

/// <summary>Where settings come from: the file, over it the environment, over that <c>--set</c>.</summary>
internal static class SettingsSource
{
    private const string EnvironmentSeparator = "__";
    private const string SchemaKey = "$schema";

    /// <summary>Reads every source and refuses unknown keys and values that do not read.</summary>
    /// <param name="home">The folder of the node.</param>
    /// <param name="scope">Its program and environment.</param>
    /// <param name="assignments">Assignments such as <c>P2P:Port=7001</c>.</param>
    /// <exception cref="UsageException">The file does not read, or a key or a value is wrong.</exception>
    public static IConfigurationRoot Open(NodeHome home, VerbScope scope, IEnumerable<string> assignments)
    {
        if (!File.Exists(home.ConfigFile))
        {
            throw new UsageException(FaultCode.ConfigurationFile, $"{home.ConfigFile} is not there", null, $"'{scope.App.Name} init' makes it, or name the node's folder with --home");
        }

        IConfigurationRoot configuration;
        try
        {
            configuration = new ConfigurationBuilder()
                .AddJsonFile(home.ConfigFile, optional: false, reloadOnChange: false)
                .AddInMemoryCollection(OfEnvironment(scope))
                .AddInMemoryCollection([.. assignments.Select(Assignment)])
                .Build();
        }
        catch (InvalidDataException wrong)
        {
            throw new UsageException(FaultCode.ConfigurationFile, $"{home.ConfigFile} is no JSON: {wrong.GetBaseException().Message}", "JSON with sections such as \"Rpc\": { \"Port\": 8645 }", "'config show' lists all keys once it reads");
        }

        Check(configuration);
        return configuration;
    }

    /// <summary>Refuses the first key that is unknown or whose value does not read.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public static void Check(IConfigurationRoot configuration)
    {
        foreach ((string path, string? text) in configuration.AsEnumerable().OrderBy(static each => each.Key, StringComparer.Ordinal))
        {
            if (path == SchemaKey || text is null)
            {
                continue;
            }

            if (ConfigKey.Find(path) is not { } key)
            {
                throw Unknown(path);
            }

            if (key.IsList && text.Length > 0 && path.Equals(key.Path, StringComparison.OrdinalIgnoreCase))
            {
                throw new UsageException(FaultCode.Value, $"{key.Path}: '{text}' is not a value that it takes", $"a list: {key.Path}:0, {key.Path}:1 and so on, or an array in JSON");
            }

            if (key.FindObjection(text) is { } expected)
            {
                throw new UsageException(FaultCode.Value, $"{key.Path}: '{text}' is not a value that it takes", expected);
            }
        }
    }

    /// <summary>The place that a key's value comes from.</summary>
    public static string OriginOf(IConfigurationRoot configuration, ConfigKey key)
    {
        string[] names = ["config.json", "environment", "--set"];
        IConfigurationProvider[] providers = [.. configuration.Providers];
        for (int i = providers.Length - 1; i >= 0; i--)
        {
            if (providers[i].TryGet(key.Path, out string? _) || providers[i].GetChildKeys([], key.Path).Any())
            {
                return names[i];
            }
        }

        return "default";
    }

    private static UsageException Unknown(string path)
    {
        string? near = Nearest.To(path, ConfigKey.All.Select(static key => key.Path));
        return new UsageException(
            FaultCode.UnknownKey, near is null ? $"unknown key {path}" : $"unknown key {path} (did you mean {near}?)", null, near is null ? "'config show' lists all keys" : null);
    }

    private static IEnumerable<KeyValuePair<string, string?>> OfEnvironment(VerbScope scope)
    {
        string prefix = VariablePrefix(scope.App.Name);
        return scope.Terminal.Variables
            .Where(variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal) && variable.Key.Contains(EnvironmentSeparator, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create(variable.Key[prefix.Length..].Replace(EnvironmentSeparator, ":", StringComparison.Ordinal), (string?)variable.Value));
    }

    /// <summary>What variables of the environment begin with.</summary>
    public static string VariablePrefix(string program) => $"{program.ToUpperInvariant().Replace('-', '_')}_";

    private static KeyValuePair<string, string?> Assignment(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? KeyValuePair.Create(text[..equals], (string?)text[(equals + 1)..])
            : throw new UsageException(FaultCode.Value, $"--set: '{text}' is not a value that it takes", "KEY=VALUE such as P2P:Port=7001");
    }
}
