using System.Text.Json;
using Chain.Core.App.Errors;

namespace Chain.Core.App.Genesis;

/// <summary>
/// <c>genesis.json</c>: what all nodes of a chain must have alike. Any difference makes another chain. Amounts and times are in
/// the smallest unit and in milliseconds, as the names say.
/// </summary>
internal sealed record GenesisFile
{
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The name of the chain, for people.</summary>
    public required string Chain { get; init; }

    /// <summary>The number of the network.</summary>
    public required uint Network { get; init; }

    /// <summary>The time of the first block.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The engine and its rules.</summary>
    public required GenesisConsensus Consensus { get; init; }

    // Generated JSON forgets the default of what can only be initialized: these three can be set.

    /// <summary>Who begins with coins.</summary>
    public IReadOnlyList<GenesisAccount> Accounts { get; set; } = [];

    /// <summary>Who votes in the first epoch; with proof of stake only.</summary>
    public IReadOnlyList<GenesisValidator> Validators { get; set; } = [];

    /// <summary>What modules of the program's own begin with: encoded data in hexadecimal, by the module's name.</summary>
    public IReadOnlyDictionary<string, string> Modules { get; set; } = new Dictionary<string, string>();

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It is not there or does not read.</exception>
    public static GenesisFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(FaultCode.Genesis, $"{path} is not there", null, "copy it from a node of the chain, or make a chain of your own with 'init --consensus dev'");
        }

        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new UsageException(FaultCode.Genesis, $"{path} is no genesis", $"at most {MaxBytes} bytes");
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), GenesisJson.Default.GenesisFile) ?? throw new JsonException("it is null");
        }
        catch (JsonException wrong)
        {
            throw new UsageException(FaultCode.Genesis, $"{path} is no genesis: {wrong.Message}");
        }
    }

    /// <summary>The text of the file.</summary>
    public string Write() => JsonSerializer.Serialize(this, GenesisJson.Default.GenesisFile);
}
