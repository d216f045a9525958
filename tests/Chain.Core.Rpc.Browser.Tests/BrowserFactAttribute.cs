namespace Chain.Core.Rpc.Browser.Tests;

/// <summary>A test in a real browser: skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.FindPath() is null)
        {
            Skip = $"There is no Chromium here; install one, or name it in {Chromium.Variable}.";
        }
    }
}
