using System.Text.Json.Nodes;
using Chain.Core.App.Configuration;
using Chain.Core.Testing;

namespace Chain.Core.App.Tests.Configuration;

/// <summary>A configuration is taken whole and right, or not at all.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly Program _program = new();

    [Theory]
    [InlineData("""{ "P2P": { "Prot": 7000 } }""", "CC2002 unknown key P2P:Prot (did you mean P2P:Port?)")]
    [InlineData("""{ "Peers": { "Port": 7000 } }""", "CC2002 unknown key Peers:Port")]
    [InlineData("""{ "P2P": { "Port": { "Number": 7000 } } }""", "CC2002 unknown key P2P:Port:Number")]
    [InlineData("""{ "P2P": { "Connect": { "first": "a:1" } } }""", "CC2002 unknown key P2P:Connect:first")]
    [InlineData("""{ "P2P": { "Advertise": "nowhere" } }""", "CC2003 P2P:Advertise: 'nowhere'")]
    [InlineData("""{ "P2P": { "Connect": ["seed.example"] } }""", "CC2003 P2P:Connect: 'seed.example'")]
    [InlineData("""{ "P2P": { "Connect": "seed.example:7000" } }""", "CC2003 P2P:Connect: 'seed.example:7000'")]
    [InlineData("""{ "Rpc": { "Address": "localhost" } }""", "CC2003 Rpc:Address: 'localhost'")]
    [InlineData("""{ "Rpc": { "Explorer": "yes" } }""", "CC2003 Rpc:Explorer: 'yes'")]
    [InlineData("""{ "Rpc": { "MaxBatch": 0 } }""", "CC2003 Rpc:MaxBatch: '0'")]
    [InlineData("""{ "Node": { "StateWindow": -1 } }""", "CC2003 Node:StateWindow: '-1'")]
    [InlineData("""{ "Producer": { "Mode": "maybe" } }""", "CC2003 Producer:Mode: 'maybe'")]
    [InlineData("""{ "Producer": { "Key": "../key" } }""", "CC2003 Producer:Key: '../key'")]
    [InlineData("""{ "Logging": { "Level": "loud" } }""", "CC2003 Logging:Level: 'loud'")]
    [InlineData("""{ "Rpc": """, "CC2004")]
    [InlineData("""{ "Rpc": { "Port": 1, "Port": 2 } }""", "CC2004")]
    public async Task Check_WrongFile_IsOneMistake(string json, string problem)
    {
        await _program.RunAsync("init", "--consensus", "dev");
        File.WriteAllText(Path.Combine(_program.Home, "config.json"), json);

        (await _program.RunAsync("config", "check")).IsMistake(problem[..6], problem);
    }

    [Fact]
    public async Task Check_WithoutAFolder_SaysHowToMakeOne() =>
        (await _program.RunAsync("config", "check")).IsMistake("CC2004", "init");

    [Fact]
    public async Task Check_UnknownVariable_IsAMistakeToo()
    {
        await _program.RunAsync("init", "--consensus", "dev");

        (await _program.With("CHAIN_P2P__Prot", "1").RunAsync("config", "check")).IsMistake("CC2002", "did you mean P2P:Port?");
    }

    [Fact]
    public async Task Check_VariableOfAnotherPurpose_IsLeftAlone()
    {
        await _program.RunAsync("init", "--consensus", "dev");

        Assert.Equal(0, (await _program.With("CHAIN_CORE_LONG", "1").RunAsync("config", "check")).Exit);
    }

    [Fact]
    public async Task Check_AssignmentWithoutAValue_IsAMistake()
    {
        await _program.RunAsync("init", "--consensus", "dev");

        (await _program.RunAsync("config", "check", "--set", "P2P:Port")).IsMistake("CC2003", "KEY=VALUE");
    }

    [Fact]
    public async Task Show_EverySource_LaterOnesWin()
    {
        await _program.RunAsync("init", "--consensus", "dev");

        ToolResult shown = await _program.RunAsync("config", "show", "--json", "--set", "Metrics:Port=1", "--set", "P2P:Connect:0=a.example:1");

        Dictionary<string, JsonNode> keys = shown.Output.TrimEnd().Split('\n').Select(static line => JsonNode.Parse(line)!).ToDictionary(static line => (string)line["key"]!);
        Assert.Equal(ConfigKey.All.Count, keys.Count);
        Assert.Equal(("--set", 1), ((string)keys["Metrics:Port"]["from"]!, (int)keys["Metrics:Port"]["value"]!));
        Assert.Equal(("environment", 0), ((string)keys["Rpc:Port"]["from"]!, (int)keys["Rpc:Port"]["value"]!));
        Assert.Equal("config.json", (string)keys["Logging:Level"]["from"]!);
        Assert.Equal("default", (string)keys["Rpc:MaxBatch"]["from"]!);
        Assert.Equal("a.example:1", (string)keys["P2P:Connect"]["value"]![0]!);
        Assert.True((bool)keys["Logging:Level"]["atOnce"]!);
    }

    [Fact]
    public void Schema_OfTheClasses_IsTheOneInTheDocumentation() =>
        Assert.Equal(File.ReadAllText(Repository.PathOf("docs", "config.schema.json")).TrimEnd(), ConfigSchema.Text());

    [Fact]
    public void Keys_All_AreThoseOfTheClasses()
    {
        IEnumerable<string> declared = typeof(NodeSettings).GetProperties()
            .SelectMany(static section => section.PropertyType.GetProperties(), static (section, property) => $"{section.Name}:{property.Name}");

        Assert.Equal(declared, ConfigKey.All.Select(static key => key.Path));
        Assert.All(ConfigKey.All.Where(static key => key.IsList), static key => Assert.Empty((string[])key.Default!)); // so that a list replaces nothing
    }

    [Fact]
    public void Keys_All_AreDescribed() => Assert.All(ConfigKey.All, static key => Assert.EndsWith(".", key.Description, StringComparison.Ordinal));

    [Fact]
    public void Template_OfNewNodes_NamesKnownKeysOnly() =>
        Assert.All(
            JsonNode.Parse(ConfigTemplate.Text())!.AsObject().SelectMany(static section => section.Value!.AsObject().Select(key => $"{section.Key}:{key.Key}")),
            static path => Assert.NotNull(ConfigKey.Find(path)));

    public void Dispose() => _program.Dispose();
}
