using System.CommandLine;
using Chain.Core.App.Configuration;

namespace Chain.Core.App.Home;

/// <summary>The folder of one node: its configuration, keys, genesis and data.</summary>
internal sealed class NodeHome(string folder)
{
    private const string RememberedName = "home";

    public string Folder { get; } = Path.GetFullPath(folder);

    public string ConfigFile => Path.Combine(Folder, "config.json");

    public string GenesisFile => Path.Combine(Folder, "genesis.json");

    public string IdentityFile => Path.Combine(Folder, "identity.key");

    public string TokenFile => Path.Combine(Folder, "admin.token");

    public string KeysFolder => Path.Combine(Folder, "keys");

    /// <summary>
    /// The folder that a command is about: <c>--home</c>, else the variable such as <c>CHAIN_HOME</c>, else the one that
    /// <c>init</c> made last where it was told one, else <c>~/.chain</c>.
    /// </summary>
    public static NodeHome Of(VerbScope scope, ParseResult parsed)
    {
        string? said = parsed.GetValue(scope.Home) ?? scope.Terminal.Variables.GetValueOrDefault($"{SettingsSource.VariablePrefix(scope.App.Name)}HOME");
        return new NodeHome(said ?? Remembered(scope) ?? DefaultFolder(scope));
    }

    /// <summary>Has later commands mean this folder unless they are told another.</summary>
    /// <returns>The folder of a node that they meant before; null where there was none.</returns>
    public string? Remember(VerbScope scope)
    {
        string before = Remembered(scope) ?? DefaultFolder(scope);
        if (Folder != DefaultFolder(scope) || File.Exists(RememberedFile(scope)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(RememberedFile(scope))!);
            File.WriteAllText(RememberedFile(scope), Folder);
        }

        return before != Folder && File.Exists(new NodeHome(before).ConfigFile) ? before : null;
    }

    /// <summary>A path of the configuration, which is relative to the folder.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Folder);

    private static string? Remembered(VerbScope scope) =>
        File.Exists(RememberedFile(scope)) ? File.ReadAllText(RememberedFile(scope)).Trim() : null;

    private static string RememberedFile(VerbScope scope) =>
        Path.Combine(scope.Terminal.UserFolder, ".config", scope.App.Name, RememberedName);

    private static string DefaultFolder(VerbScope scope) => Path.Combine(scope.Terminal.UserFolder, $".{scope.App.Name}");
}
