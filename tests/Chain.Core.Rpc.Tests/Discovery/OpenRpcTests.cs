using System.Text.Json.Nodes;
using Chain.Core.Testing;

namespace Chain.Core.Rpc.Tests.Discovery;

/// <summary>The committed description of the interface is the one that the code makes.</summary>
public sealed class OpenRpcTests
{
    /// <summary>Set to 1 to write the file anew.</summary>
    private const string Variable = "CHAIN_CORE_WRITE_OPENRPC";

    [Fact]
    public async Task Document_Committed_IsWhatTheServerAnswers()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        string path = Repository.PathOf("docs", "openrpc.json");
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            await File.WriteAllTextAsync(path, served.Server.DescribeInterface());
        }

        string committed = await File.ReadAllTextAsync(path);

        Assert.True(committed == served.Server.DescribeInterface(), $"docs/openrpc.json is not up to date: run this test with {Variable}=1.");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(committed), await served.ResultAsync("rpc.discover")));
    }

    [Fact]
    public async Task Document_EveryMethod_IsThereWithSummaryAndSchemas()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        JsonArray methods = (await served.ResultAsync("rpc.discover"))["methods"]!.AsArray();
        string[] names = [.. (await served.ResultAsync("rpc_methods"))["methods"]!.AsArray().Select(name => (string)name!)];

        Assert.Equal(names, methods.Select(method => (string)method!["name"]!));
        Assert.All(methods, method => Assert.EndsWith(".", (string)method!["summary"]!, StringComparison.Ordinal));
        Assert.All(methods, method => Assert.All(method!["params"]!.AsArray(), parameter => Assert.NotNull(parameter!["schema"])));
        Assert.All(names, name => Assert.Matches("^((chain|tx|state|mempool|peers|validators|node)_v1_[a-zA-Z]+|rpc_methods|rpc\\.discover)$", name));
    }

    [Fact]
    public async Task Document_Results_DescribeEveryPropertyAndSpellBytesAsHex()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());

        JsonNode header = (await served.ResultAsync("rpc.discover"))["methods"]!.AsArray()
            .Single(method => (string)method!["name"]! == "chain_v1_getHeader")!["result"]!["schema"]!;

        Assert.Equal("^0x[0-9a-f]{64}$", (string)header["properties"]!["id"]!["pattern"]!);
        Assert.All(header["properties"]!.AsObject(), property => Assert.NotNull(property.Value!["description"]));
    }
}
