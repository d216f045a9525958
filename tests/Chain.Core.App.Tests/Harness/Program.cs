using System.Globalization;
using Chain.Core.Crypto;

namespace Chain.Core.App.Tests;

/// <summary>A program of a chain in a user's folder of its own, run within this process.</summary>
internal sealed class Program : IDisposable
{
    public const string Passphrase = "correct horse";

    private readonly Dictionary<string, string> _variables = new()
    {
        // Every port is chosen by the system.
        ["CHAIN_P2P__Address"] = "127.0.0.1",
        ["CHAIN_P2P__Port"] = "0",
        ["CHAIN_Rpc__Port"] = "0",
        ["CHAIN_Metrics__Port"] = "0",
        ["CHAIN_Node__JobThreads"] = "1",
    };

    public Program() => User = Directory.CreateTempSubdirectory("chain-core-app-").FullName;

    /// <summary>The folder of the user.</summary>
    public string User { get; }

    /// <summary>The folder of the node where nothing else is said.</summary>
    public string Home => Path.Combine(User, ".chain");

    public ChainApp App { get; init; } = new("chain") { KeyCost = new KeystoreKdf.Pbkdf2(1) };

    /// <summary>Sets a variable of the environment.</summary>
    public Program With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public Task<ToolResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Makes a key with the passphrase of all tests.</summary>
    public async Task<ToolResult> NewKeyAsync(string kind, string name) =>
        await RunWithInputAsync($"{Passphrase}\n", "keys", "new", kind, "--name", name, "--passphrase-stdin");

    public async Task<ToolResult> RunWithInputAsync(string input, params string[] arguments)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using var errors = new StringWriter(CultureInfo.InvariantCulture);
        int exit = await App.RunAsync(arguments, TerminalOf(output, errors, input));
        return new ToolResult(exit, output.ToString(), errors.ToString());
    }

    public Terminal TerminalOf(TextWriter output, TextWriter errors, string input) => new()
    {
        Output = output,
        Errors = errors,
        Input = new StringReader(input),
        Variables = _variables,
        UserFolder = User,
    };

    /// <summary>A file in the user's folder, with this mode.</summary>
    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        string path = Path.Combine(User, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(User, recursive: true);
}
