using Chain.Core.Rpc.Client.Tests;
using Chain.Core.Wire;
using Microsoft.Playwright;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>
/// Pictures of the explorer, light and dark, wide and narrow: <c>CHAIN_CORE_SCREENSHOTS=docs/images</c> says where they go, and an
/// ordinary run only sees that they can be made.
/// </summary>
public sealed class ScreenshotTests(Chromium browser) : IClassFixture<Chromium>
{
    private const string Variable = "CHAIN_CORE_SCREENSHOTS";

    private static readonly ViewportSize Wide = new() { Width = 1200, Height = 760 };
    private static readonly ViewportSize Narrow = new() { Width = 390, Height = 760 };

    [BrowserFact]
    public async Task Explorer_InEveryDress_CanBePictured()
    {
        await using ShownChain chain = await ShownChain.StartAsync();
        await using ChainNode peer = await chain.StartPeerAsync();
        await using ChainNode another = await chain.StartPeerAsync();
        Transaction last = await chain.PayAsync(1_000);
        for (ulong amount = 2; amount <= 12; amount++)
        {
            last = await chain.PayAsync(1_000 * amount);
        }

        await PictureAsync(chain, "explorer-block-phone", "#/block/head", ColorScheme.Light, Narrow);
        await PictureAsync(chain, "explorer-peers", "#/peers", ColorScheme.Dark, Wide);
        await PictureAsync(chain, "explorer-peers-phone", "#/peers", ColorScheme.Light, Narrow);
        await PictureAsync(chain, "explorer-transaction", $"#/transaction/0x{last.Id.Value}", ColorScheme.Light, Wide);
        await PictureAsync(chain, "explorer-transaction-phone", $"#/transaction/0x{last.Id.Value}", ColorScheme.Dark, Narrow);
        await using ShownChain staked = await ShownChain.StartWithStakeAsync(StakeChain.Create("mars", TimeSpan.FromMilliseconds(200)));
        for (ulong amount = 1; amount <= 14; amount++)
        {
            await staked.PayAsync(1_000 * amount);
        }

        await PictureAsync(staked, "explorer-light", "", ColorScheme.Light, Wide);
        await PictureAsync(staked, "explorer-dark", "", ColorScheme.Dark, Wide);
        await PictureAsync(staked, "explorer-validators", "#/validators", ColorScheme.Dark, Wide);
    }

    private async Task PictureAsync(ShownChain chain, string name, string hash, ColorScheme scheme, ViewportSize size)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        await using ShownPage page = await ShownPage.OpenAsync(
            browser, chain.Url, hash, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = size });
        await page.SeesAsync("tbody tr");
        byte[] picture = await page.Page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, name + ".png"),
            Animations = ScreenshotAnimations.Disabled,
        });

        Assert.NotEmpty(picture);
        Assert.Empty(page.Troubles);
    }
}
