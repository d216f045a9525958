using System.Net;
using Chain.Core.Ledger;
using SupplyChain;

namespace Chain.Core.Samples.Tests;

/// <summary>The sample SupplyChain: its module, and what its page is served with. A browser looks at the page in Chain.Core.Rpc.Browser.Tests.</summary>
public sealed class SupplyChainTests
{
    [Fact]
    public async Task Pass_ByTheOwnerAlone_MovesTheItem()
    {
        await using ChainNode node = await ItemsChain.StartAsync();
        (DevKey mill, DevKey bakery) = (DevKey.All[0], DevKey.All[1]);
        await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Make("flour", "rye"));

        InclusionReceipt stolen = await ItemsChain.SayAsync(node, bakery, ItemsChain.Items.Pass("flour", bakery.Address, ""));
        Assert.Equal((TransactionStatus.Failed, "only the owner passes an item on"), (stolen.Status, stolen.Receipt.Reason));
        Assert.Equal(mill.Address, node.Query((_, state) => ItemsChain.Items.OwnerOf(state, "flour")));

        InclusionReceipt passed = await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Pass("flour", bakery.Address, "20 kg"));
        Assert.True(ItemsChain.Items.Moved.TryRead(Assert.Single(passed.Receipt.Events), out (string, Wire.AccountAddress, string) moved));
        Assert.Equal(("flour", bakery.Address, "20 kg"), moved);
        Assert.Equal(TransactionStatus.Failed, (await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Make("flour", "again"))).Status);
    }

    [Fact]
    public async Task Page_OfTheSample_MayRunItsOwnScriptAndTalkToItsNodeAlone()
    {
        await using PageServer page = await PageServer.StartAsync(0);
        page.Node = new Uri("http://127.0.0.1:8645/");
        using var http = new HttpClient { BaseAddress = page.Url };

        using HttpResponseMessage index = await http.GetAsync("/");
        string policy = Assert.Single(index.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:8645;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        string script = await http.GetStringAsync("/items.js");
        Assert.DoesNotContain("innerHTML", script, StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1:8645/", await http.GetStringAsync("/node"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/../Program.cs")).StatusCode);
    }
}
