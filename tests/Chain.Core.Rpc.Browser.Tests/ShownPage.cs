using Microsoft.Playwright;

namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>The explorer in a browser that remembers everything that went wrong.</summary>
internal sealed class ShownPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _troubles = [];

    private ShownPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors of the console and of scripts, and requests to other hosts.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    public static async Task<ShownPage> OpenAsync(Chromium browser, Uri server, string hash = "", BrowserNewContextOptions? options = null, Func<IPage, Task>? prepare = null)
    {
        IBrowserContext context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        var shown = new ShownPage(context, await context.NewPageAsync());
        shown.Watch(server);
        await (prepare?.Invoke(shown.Page) ?? Task.CompletedTask);
        await shown.Page.GotoAsync(new Uri(server, $"explorer{hash}").ToString());
        await shown.Page.Locator("h1").WaitForAsync();
        return shown;
    }

    /// <summary>Waits until something is on the page.</summary>
    public Task SeesAsync(string selector) => Page.Locator(selector).First.WaitForAsync();

    public Task<string> TextAsync(string selector = "main") => Page.Locator(selector).InnerTextAsync();

    public async Task SearchAsync(string term)
    {
        await Page.FillAsync("#term", term);
        await Page.PressAsync("#term", "Enter");
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Watch(Uri server)
    {
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _troubles.Add($"{message.Type}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _troubles.Add($"script: {error}");
        Page.Dialog += (_, dialog) => _troubles.Add($"dialog: {dialog.Message}");
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.ToString(), StringComparison.Ordinal))
            {
                _troubles.Add($"request: {request.Url}");
            }
        };
    }
}
