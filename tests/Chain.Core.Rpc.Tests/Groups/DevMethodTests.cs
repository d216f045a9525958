using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Chain.Core.Storage;

namespace Chain.Core.Rpc.Tests.Groups;

/// <summary><c>dev_v1_*</c> through the listener for administration.</summary>
public sealed class DevMethodTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chain-rpc-dev-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Revert_ToASnapshot_ReadersOfEventsHearOfRemovedBlocks()
    {
        await using ServedNode served = await StartAsync(() => ChainNode.CreateDevAsync());
        await SealAsync(served, 1);
        JsonNode snapshot = await ResultAsync(served, "dev_v1_snapshot");
        await SealAsync(served, 2);
        await using EventStream events = await EventStream.OpenAsync(served.Http, "latest");

        JsonNode place = await ResultAsync(served, "dev_v1_revert", $"[{snapshot["snapshot"]}]");
        await SealAsync(served, 1);

        Assert.Equal(snapshot["head"]!.ToJsonString(), place.ToJsonString());
        Assert.Equal(["removed 0x3", "removed 0x2", "added 0x2"], await events.NextAsync(3));
    }

    [Fact]
    public async Task Revert_ReaderWithACursorOfAForgottenBlock_IsLedBack()
    {
        await using ServedNode served = await StartAsync(() => ChainNode.CreateDevAsync());
        string cursor;
        await using (EventStream events = await EventStream.OpenAsync(served.Http, "latest"))
        {
            await SealAsync(served, 2);
            await events.NextAsync();
            cursor = (string)(await events.NextAsync())["cursor"]!;
        }

        await ResultAsync(served, "dev_v1_revertTo", "[\"0x0\"]");
        await SealAsync(served, 1);

        await using EventStream resumed = await EventStream.OpenAsync(served.Http, cursor);
        Assert.Equal(["removed 0x2", "removed 0x1", "added 0x1"], await resumed.NextAsync(3));
    }

    [Fact]
    public async Task SetSealing_Live_DecidesWhenBlocksAreMade()
    {
        await using ServedNode served = await StartAsync(() => ChainNode.CreateDevAsync());

        await ResultAsync(served, "dev_v1_setSealing", "[\"interval\",10]");
        await served.Node.WaitForHeightAsync(2);
        await ResultAsync(served, "dev_v1_setSealing", "[\"manual\"]");
        await SealAsync(served, 1);
        await ResultAsync(served, "dev_v1_setSealing", "{\"mode\":\"instant\"}");
        DevAccount alice = served.Node.DevAccounts[0];
        await served.Node.SubmitAndWaitAsync(alice.Transfer(served.Node.DevAccounts[1].Address, 1)).WaitAsync(Waits.Patience);
    }

    [Fact]
    public async Task Time_SetThenAdvanced_BlocksCarryIt()
    {
        await using ServedNode served = await StartAsync(() => ChainNode.CreateDevAsync());

        await ResultAsync(served, "dev_v1_setNextTime", "[\"0x1d1a94a2000\"]");
        await SealAsync(served, 1);
        Assert.Equal(2_000_000_000_000UL, served.Node.Head.Time.Milliseconds);
        await ResultAsync(served, "dev_v1_advanceTime", "[86400000]");
        await SealAsync(served, 1);

        Assert.True(served.Node.Head.Time.Milliseconds >= 2_000_086_400_000UL);
        Assert.Equal("CC4042", await ErrorAsync(served, "dev_v1_setNextTime", "[\"0x1d1a94a2000\"]"));
    }

    [Fact]
    public async Task Fund_ThenSealed_TheAccountHasTheCoins()
    {
        await using ServedNode served = await StartAsync(() => ChainNode.CreateDevAsync());

        JsonNode funded = await ResultAsync(served, "dev_v1_fund", $"[\"0x{TestChain.Bob.Value}\",\"0x2a\"]");
        await served.Node.WaitForHeightAsync(1);

        Assert.Equal(42UL, await served.Node.BalanceAsync(TestChain.Bob));
        Assert.Equal("inBlock", (string)(await served.ResultAsync("tx_v1_get", $"[\"{funded["id"]}\"]"))["status"]!);
    }

    [Theory]
    [InlineData("dev_v1_revert", "[7]", "CC4040")]
    [InlineData("dev_v1_revertTo", "[\"0x7\"]", "CC4020")]
    [InlineData("dev_v1_fund", "[\"0x1111111111111111111111111111111111111111111111111111111111111111\",\"0xffffffffffffffff\"]", "CC4043")]
    [InlineData("dev_v1_setSealing", "[\"sometimes\"]", "CC4004")]
    [InlineData("dev_v1_setSealing", "[\"interval\",1]", "CC4004")]
    [InlineData("dev_v1_advanceTime", "[0]", "CC4004")]
    public async Task Method_WithWhatCannotBe_SaysSoByItsCode(string method, string parameters, string code)
    {
        await using ServedNode served = await StartAsync(() => ChainNode.CreateDevAsync());

        Assert.Equal(code, await ErrorAsync(served, method, parameters));
    }

    [Fact]
    public async Task Revert_WithPeers_IsRefused()
    {
        await using ServedNode served = await StartAsync(() => TestChain.StartAsync());
        await using ChainNode follower = await TestChain.StartAsync(peers: served.Node);
        await Waits.UntilAsync(() => served.Node.PeerCount > 0);

        Assert.Equal("CC4041", await ErrorAsync(served, "dev_v1_revertTo", "[\"0x0\"]"));
    }

    [Theory]
    [InlineData("dev_v1_seal", "[]")]
    [InlineData("dev_v1_setSealing", "[\"manual\"]")]
    [InlineData("dev_v1_advanceTime", "[1]")]
    [InlineData("dev_v1_setNextTime", "[\"0x1d1a94a2000\"]")]
    [InlineData("dev_v1_snapshot", "[]")]
    [InlineData("dev_v1_revert", "[1]")]
    [InlineData("dev_v1_revertTo", "[\"0x0\"]")]
    [InlineData("dev_v1_fund", "[\"0x1111111111111111111111111111111111111111111111111111111111111111\",\"0x1\"]")]
    public async Task Method_OutsideDevChains_IsNotSupported(string method, string parameters)
    {
        await using ServedNode served = await StartAsync(() => ChainNode.StartAsync(new Node.ChainNodeOptions
        {
            Chain = TestChain.Create(), // a node that makes no blocks
            Store = new MemoryStore(),
            JobThreads = 1,
        }));

        Assert.Equal("CC4026", await ErrorAsync(served, method, parameters));
    }

    private Task<ServedNode> StartAsync(Func<Task<ChainNode>> start) => ServedNode.StartAsync(
        start,
        new RpcServerOptions
        {
            RequestsPerSecond = 0,
            Admin = new RpcAdminOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), TokenFile = Path.Combine(_folder, "rpc.token") },
        });

    private async Task SealAsync(ServedNode served, int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            ulong height = served.Node.Head.Height.Value + 1;
            await ResultAsync(served, "dev_v1_seal");
            await served.Node.WaitForHeightAsync(height);
        }
    }

    private async Task<JsonNode> ResultAsync(ServedNode served, string method, string parameters = "[]")
    {
        JsonNode answer = await CallAsync(served, method, parameters);
        Assert.Null(answer["error"]?.ToJsonString());
        return answer["result"]!;
    }

    private async Task<string> ErrorAsync(ServedNode served, string method, string parameters) =>
        (string)(await CallAsync(served, method, parameters))["error"]!["data"]!["code"]!;

    private async Task<JsonNode> CallAsync(ServedNode served, string method, string parameters)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(_folder, "rpc.token"))).Trim());
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}"""));
        using HttpResponseMessage response = await http.PostAsync(served.Server.AdminUrl, body);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
