using System.Net;
using Microsoft.Playwright;
using SupplyChain;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>The page of the sample SupplyChain, which its own server gives out and which calls the node.</summary>
public sealed class SupplyPageTests(Chromium browser) : IClassFixture<Chromium>
{
    private const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    [BrowserFact]
    public async Task Page_ItemsMoveAndOneIsHostile_ShowsEveryStepAsText()
    {
        await using PageServer page = await PageServer.StartAsync(0);
        await using ChainNode node = await ItemsChain.StartAsync();
        await using RpcServer server = await RpcServer.StartAsync(node, new RpcServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            AllowedOrigins = [page.Url.GetLeftPart(UriPartial.Authority)],
        });
        page.Node = server.Url;
        (DevKey mill, DevKey bakery) = (DevKey.All[0], DevKey.All[1]);
        await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Make("flour", Hostile));
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions());
        IPage shown = await context.NewPageAsync();
        var troubles = new List<string>();
        shown.PageError += (_, error) => troubles.Add(error);
        shown.Dialog += (_, dialog) => troubles.Add(dialog.Message);
        shown.Console += (_, message) => troubles.AddRange(message.Type == "error" && !message.Location.Contains("favicon", StringComparison.Ordinal) ? [message.Text] : []);

        await shown.GotoAsync(page.Url.ToString());
        await shown.Locator("tr[data-block='0x1']").WaitForAsync();
        await ItemsChain.SayAsync(node, bakery, ItemsChain.Items.Pass("flour", mill.Address, "stolen"));
        await ItemsChain.SayAsync(node, mill, ItemsChain.Items.Pass("flour", bakery.Address, "20 kg"));
        await shown.Locator("tr[data-block='0x3']").WaitForAsync();

        Assert.Contains(Hostile, await shown.Locator("tr[data-block='0x1']").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await shown.Locator("tbody img, tbody script").CountAsync());
        Assert.Equal(2, await shown.Locator("tbody tr").CountAsync()); // what failed moved nothing
        await node.Dev!.RevertToAsync(node.Chain.Genesis.Header);
        await shown.Locator("tr[data-block='0x1']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Empty(troubles);
    }
}
