using System.Text.Json.Nodes;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.App.Replay;

/// <summary>One of two nodes at the first height where their chains differ.</summary>
/// <param name="Block">Its block; null where its chain ends before.</param>
/// <param name="IsAsExecuted">Whether the block executes, by the rules of this program, to the root of its header; null where there is no block.</param>
/// <param name="RefusedWith">The state root that came out at this node of the block of the other, which it refused for that; null where it did not.</param>
/// <param name="Value">What the key that differs is for it, in hexadecimal; null where it is not set.</param>
/// <param name="Writer">The transaction that wrote the key last in the block; null where none did.</param>
internal sealed record ReplaySide(Block? Block, bool? IsAsExecuted, Hash256? RefusedWith, string? Value, TransactionId? Writer)
{
    public JsonObject ToJson() => new()
    {
        ["block"] = Block is null ? null : $"0x{Block.Id.Value}",
        ["stateRoot"] = Block is null ? null : $"0x{Block.Header.Fields.StateRoot}",
        ["isAsExecuted"] = IsAsExecuted,
        ["refusedWith"] = RefusedWith is { } root ? $"0x{root}" : null,
        ["value"] = Value,
        ["writer"] = Writer is { } writer ? $"0x{writer.Value}" : null,
    };

    public string DescribeBlock()
    {
        string own = Block is null ? "has no such block"
            : $"0x{Block.Id.Value}, " + (IsAsExecuted == true
                ? "executes here to the state root of its header"
                : "executes here to another state root than its header has: it was made by other rules");
        return RefusedWith is { } root ? $"{own}; refused the block of the other, which gave the state root 0x{root}" : own;
    }

    public string DescribeValue() => (Value ?? "not set") + (Writer is { } writer ? $", written by transaction 0x{writer.Value}" : ", written by no transaction of the block");
}
