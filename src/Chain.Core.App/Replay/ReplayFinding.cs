using System.Text.Json.Nodes;
using Chain.Core.Wire;

namespace Chain.Core.App.Replay;

/// <summary>Where two chains part.</summary>
/// <param name="Height">The first height at which they differ, or one above the head of both.</param>
/// <param name="First">The one node.</param>
/// <param name="Second">The other.</param>
/// <param name="Module">The first module whose state differs; null where none does or it cannot be told.</param>
/// <param name="Key">Its first key that differs, in hexadecimal.</param>
internal sealed record ReplayFinding(BlockHeight Height, ReplaySide First, ReplaySide Second, string? Module, string? Key)
{
    /// <summary>Whether they disagree: one may also only be behind the other.</summary>
    public bool IsDivergence => Module is not null || First.RefusedWith is not null || Second.RefusedWith is not null || (First.Block is not null && Second.Block is not null);

    public JsonObject ToJson() => new()
    {
        ["diverges"] = IsDivergence,
        ["height"] = Height.Value,
        ["module"] = Module,
        ["key"] = Key,
        ["first"] = First.ToJson(),
        ["second"] = Second.ToJson(),
    };

    public void Print(TextWriter output)
    {
        output.WriteLine(
            IsDivergence ? $"they part at #{Height}"
            : First.Block is null && Second.Block is null ? $"the same up to the heads of both, {Height.Value - 1} blocks"
            : $"the same up to #{Height}, where one ends");
        if (First.Block is null && Second.Block is null)
        {
            return;
        }

        output.WriteLine($"first   {First.DescribeBlock()}");
        output.WriteLine($"second  {Second.DescribeBlock()}");
        if (Module is not null)
        {
            output.WriteLine($"module  {Module}");
            output.WriteLine($"key     {Key}");
            output.WriteLine($"first   {First.DescribeValue()}");
            output.WriteLine($"second  {Second.DescribeValue()}");
        }
    }
}
