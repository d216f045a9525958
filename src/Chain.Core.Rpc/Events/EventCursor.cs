using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>
/// Where a reader of events is: what it takes to be the head and the newest final block, and its place in the log of one
/// run of the server. The first alone are enough to go on, also after a restart or on another node of the chain.
/// </summary>
/// <param name="Run">Which run of the server the place is of; 0 for a place in no log.</param>
/// <param name="Sequence">The number of the last event.</param>
/// <param name="Height">The height of the head.</param>
/// <param name="Block">The head.</param>
/// <param name="Final">The height of the newest final block.</param>
internal readonly record struct EventCursor(uint Run, ulong Sequence, BlockHeight Height, BlockId Block, BlockHeight Final)
{
    /// <summary>Longest text of a cursor.</summary>
    public const int MaxLength = 160;

    private const int Parts = 5;

    /// <summary>This cursor without a place in a log.</summary>
    public EventCursor Detached => this with { Run = 0, Sequence = 0 };

    public static bool TryParse(string text, out EventCursor cursor)
    {
        cursor = default;
        if (text.Length > MaxLength)
        {
            return false;
        }

        string[] parts = text.Split('-');
        if (parts.Length != Parts
            || !uint.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint run)
            || !TryParse(parts[1], out ulong sequence)
            || !TryParse(parts[2], out ulong height)
            || !Hash256.TryParse(parts[3], out Hash256 block)
            || !TryParse(parts[4], out ulong final))
        {
            return false;
        }

        cursor = new EventCursor(run, sequence, new BlockHeight(height), new BlockId(block), new BlockHeight(final));
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Run:x}-{Sequence:x}-{Height.Value:x}-{Block.Value}-{Final.Value:x}");

    private static bool TryParse(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
