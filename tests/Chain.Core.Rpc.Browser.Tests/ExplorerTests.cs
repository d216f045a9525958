using System.Globalization;
using System.Text.Json.Nodes;
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

    /// <summary>Blocks come before the page hears of events, and between a look at the chain and its answer: none is missing.</summary>
    [BrowserFact]
    public async Task Blocks_MadeWhileThePageOpens_AreAllThere()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, prepare: async page =>
        {
            await page.RouteAsync("**/v1/events*", async route =>
            {
                await chain.SealAsync(3);
                await route.ContinueAsync();
            });
            await page.RouteAsync("**/", async route =>
            {
                IAPIResponse answer = await route.FetchAsync();
                await chain.SealAsync();
                await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
            });
        });
        await page.Page.UnrouteAllAsync();
        await chain.SealAsync();

        await page.SeesAsync($"tr[data-block='0x{chain.Node.Head.Id.Value}']");

        int[] heights = [.. (await page.Page.Locator("tbody tr td:first-child").AllInnerTextsAsync()).Select(static text => int.Parse(text.TrimStart('#'), CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(0, heights.Length).Reverse(), heights);
        Assert.True(heights.Length >= 6);
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
    public async Task Metadata_OfHostileModules_StaysTextAndBreaksNothing()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        const string Modules =
            """[{"name":"token","methods":[{"name":"transfer","shape":{"kind":"tuple","fields":[{"name":"HOSTILE","shape":{"kind":"address"}},{"name":"__proto__","shape":null}]}}],"events":[{"name":"transferred","shape":{"kind":"tuple","fields":7}}],"maps":[],"values":[]},{"name":"__proto__","methods":[],"events":[]}]""";
        await using ShownChain chain = await ShownChain.StartAsync();
        Transaction payment = await chain.PayAsync(1234);
        await using ShownPage page = await ShownPage.OpenAsync(
            browser, chain.Url, $"#/transaction/0x{payment.Id.Value}", prepare: async page => await page.RouteAsync("**/", async route =>
            {
                IAPIResponse response = await route.FetchAsync();
                string body = await response.TextAsync();
                bool isModules = route.Request.PostData?.Contains("node_v1_modules", StringComparison.Ordinal) == true;
                await route.FulfillAsync(new RouteFulfillOptions
                {
                    Response = response,
                    Body = isModules ? $$"""{ "jsonrpc":"2.0","id":{{JsonNode.Parse(route.Request.PostData!)!["id"]}},"result":{"modules":{{Modules.Replace("HOSTILE", Hostile, StringComparison.Ordinal)}} } }""" : body,
                });
            }));

        Assert.Contains($"{Hostile} 0x", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("__proto__ 1\u202f234", await page.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator("main img").CountAsync());
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Mempool_OfAWaitingPayment_ShowsItDecodedUntilABlockHasIt()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, "#/mempool");
        await page.SeesAsync("text=Nothing waits.");

        await chain.WaitAsync(77);
        await page.Page.ReloadAsync();
        await page.SeesAsync("td:has-text('token.transfer') >> text=amount 77");
        await chain.SealAsync();

        await page.SeesAsync("text=Nothing waits.");
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Validators_OfAChainWithStake_ShowTheirShareAndBlocksAreFinal()
    {
        await using ShownChain chain = await ShownChain.StartWithStakeAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, "#/validators");

        await page.SeesAsync("tbody td:has-text('100.00 %')");
        Assert.Contains("10\u202f000", await page.TextAsync(), StringComparison.Ordinal);
        await page.Page.Locator("nav a:has-text('Blocks')").ClickAsync();
        await page.SeesAsync("tr.new .standing.finalized");
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Peers_OfTheNode_ShowLatencyAndScoreOnTheGraph()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ChainNode peer = await chain.StartPeerAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, "#/peers");

        await page.SeesAsync("svg.graph text:has-text('score')");

        Assert.Matches("^([0-9.]+ ms|–) · score -?[0-9]+$", await page.Page.Locator("svg.graph text:has-text('score')").TextContentAsync());
        Assert.Equal("This node and its 1 peer", await page.Page.Locator("svg.graph").GetAttributeAsync("aria-label"));
        Assert.Empty(page.Troubles);
    }

    [BrowserFact]
    public async Task Colours_LightAndDark_HaveEnoughContrast()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url, options: new BrowserNewContextOptions { ColorScheme = scheme });
            string[] weak = await page.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const style = getComputedStyle(document.documentElement);
                  const light = name => style.getPropertyValue(name).trim().match(/[0-9a-f]{2}/g).map(hex => parseInt(hex, 16) / 255)
                    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
                  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
                  return ['--ink', '--soft', '--accent', '--good', '--warn', '--bad']
                    .flatMap(text => ['--ground', '--card'].map(under => [text, under, contrast(text, under)]))
                    .filter(([, , ratio]) => !(ratio >= 4.5)).map(String); // WCAG 2, AA
                }
                """);

            Assert.Empty(weak);
        }
    }

    [BrowserFact]
    public async Task Policy_OfThePage_AllowsOurFilesAlone()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ShownPage page = await ShownPage.OpenAsync(browser, chain.Url);

        IResponse? served = await page.Page.ReloadAsync();
        string policy = served!.Headers["content-security-policy"];
        bool ran = await page.Page.EvaluateAsync<bool>(
            "() => { const script = document.createElement('script'); script.textContent = 'window.intruder = true'; document.body.append(script); return window.intruder === true; }");

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(ran);
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
        Assert.Equal("main", await page.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.StartsWith("Block #1", await page.Page.TitleAsync(), StringComparison.Ordinal);
        await page.Page.Locator(".skip").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter"); // skips on this page, and to no other
        Assert.Equal("main", await page.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Contains("Block #1", await page.TextAsync("h1"), StringComparison.Ordinal);
        await page.Page.Locator("nav a:has-text('Peers')").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.SeesAsync("h1:has-text('Peers')");
        Assert.Equal("Peers", await page.TextAsync("[aria-current=page]"));
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
