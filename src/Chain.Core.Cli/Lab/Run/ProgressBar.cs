namespace Chain.Core.Cli.Lab.Run;

/// <summary>How far long work is, on a line of a terminal that changes.</summary>
internal static class ProgressBar
{
    private const int Width = 20;

    /// <summary>Begins the line anew and clears it.</summary>
    public const string Clear = "\r\u001b[K";

    /// <summary>The bar.</summary>
    /// <param name="part">0 to 1.</param>
    public static string Of(double part)
    {
        int full = (int)Math.Round(Math.Clamp(part, 0, 1) * Width);
        return $"[{new string('#', full)}{new string('.', Width - full)}]";
    }
}
