using Chain.Core.Rpc.Tests;
using Chain.Core.Wire;
using Microsoft.Playwright;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>The explorer as people meet it.</summary>
public sealed class ExplorerTests(Chromium browser) : IClassFixture<Chromium>
{
    private static readonly ViewportSize Phone = new() { Width = 360, Height = 740 };

    [BrowserFact]
    public async Task Blocks_TenAreMade_ShowAsTheyCome()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url);

        for (int height = 1; height <= 10; height++)
        {
            await chain.SealAsync();
            await page.SeesAsync($"tr[data-block='0x{chain.Node.Head.Id.Value}']");
        }

        Assert.Equal(11, await page.Page.Locator("tbody tr").CountAsync());
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Blocks_AHeavierChainComes_ShowsWhatWasUndone()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url);
        await chain.SealAsync(2);
        string undone = $"tr[data-block='0x{chain.Node.Head.Id.Value}']";
        await page.SeesAsync(undone);

        await using ChainNode stranger = await ShownChain.StartStrangerAsync(blocks: 4);
        await using ChainNode bridge = await chain.StartBridgeAsync(stranger);

        await page.SeesAsync($"{undone}.removed");
        await page.SeesAsync($"tr[data-block='0x{stranger.Head.Id.Value}']");
        Assert.Contains("2 blocks were undone", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Peers_OneIsKilled_Disappears()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        ChainNode peer = await chain.StartPeerAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, "#/peers");
        await page.SeesAsync("tbody tr");
        await page.SeesAsync("svg .good");

        await peer.DisposeAsync();

        await page.SeesAsync("text=this node is alone");
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Block_WithATransfer_IsDecodedByTheChainsOwnModules()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        Transaction payment = await chain.PayAsync(1234);
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, "#/block/head");

        Assert.Contains("token.transfer", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("amount 1\u202f234", await page.TextAsync(), StringComparison.Ordinal);
        await page.Page.Locator($"a[href='#/transaction/0x{payment.Id.Value}']").ClickAsync();

        await page.SeesAsync("text=token.transferred");
        await page.Page.Locator($"td a[href='#/account/0x{TestChain.Bob.Value}']").First.ClickAsync();
        await page.SeesAsync("text=1\u202f234");
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Search_HeightIdAccountAndNonsense_FindsOrSaysWhatItTakes()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        Transaction payment = await chain.PayAsync(5);
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url);

        await page.SearchAsync("#1");
        await page.SeesAsync("h1:has-text('Block #1')");
        await page.SearchAsync($"0x{chain.Node.Chain.GenesisId.Value}");
        await page.SeesAsync("h1:has-text('Block #0')");
        await page.SearchAsync($"{payment.Id.Value}");
        await page.SeesAsync("h1:has-text('Transaction')");
        await page.SearchAsync($"0x{TestChain.AliceAddress.Value}");
        await page.SeesAsync("h1:has-text('Account')");
        await page.SearchAsync("nonsense");
        await page.SeesAsync("[role=alert]:has-text('neither a height')");

        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Transaction_HostileText_StaysText()
    {
        const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'`${alert(3)}";
        await using ShownChain chain = await ShownChain.StartAsync();
        Transaction note = await chain.WriteAsync(Hostile);
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, $"#/transaction/0x{note.Id.Value}");

        Assert.Contains(Hostile, await page.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("main img, main script").CountAsync());
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Pages_OnAPhone_FitItsWidth()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        Transaction note = await chain.WriteAsync(new string('w', 200));
        await using ChainNode peer = await chain.StartPeerAsync();
        string[] hashes = ["", "#/block/head", $"#/transaction/0x{note.Id.Value}", $"#/account/0x{TestChain.AliceAddress.Value}", "#/mempool", "#/validators", "#/peers"];
        foreach (string hash in hashes)
        {
            await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, hash, new BrowserNewContextOptions { ViewportSize = Phone });

            Assert.True(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Phone.Width, hash);
            Assert.Empty(page.Troubles);
        }
    }

    [BrowserFact]
    public async Task Keyboard_Alone_ReachesContentAndOpensABlock()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await chain.SealAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url);

        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Page.Locator("tbody a").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await page.SeesAsync("h1:has-text('Block #1')");
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Connection_ServerEnds_IsSaid()
    {
        ShownChain chain = await ShownChain.StartAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url);

        await chain.DisposeAsync();

        await page.SeesAsync("#link:has-text('connection to the node is lost')");
    }
}
