using System.Globalization;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>Names the block that a question is about. The default value is the head.</summary>
public readonly struct BlockQuery : IEquatable<BlockQuery>
{
    private readonly string? _text;

    private BlockQuery(string text) => _text = text;

    /// <summary>The head at the time of the answer.</summary>
    public static BlockQuery Head => default;

    /// <summary>The newest block that can never be undone.</summary>
    public static BlockQuery Finalized { get; } = new("finalized");

    /// <summary>The block of the head's chain at a height.</summary>
    public static BlockQuery At(BlockHeight height) => new(string.Create(CultureInfo.InvariantCulture, $"0x{height.Value:x}"));

    /// <summary>The block with this id: the answer is the same whenever it is asked for.</summary>
    public static BlockQuery At(BlockId block) => new($"0x{block.Value}");

    /// <inheritdoc/>
    public bool Equals(BlockQuery other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BlockQuery other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>As the server reads it.</summary>
    public override string ToString() => _text ?? "head";

    /// <summary>Whether both name the same.</summary>
    public static bool operator ==(BlockQuery left, BlockQuery right) => left.Equals(right);

    /// <summary>Whether they name different blocks.</summary>
    public static bool operator !=(BlockQuery left, BlockQuery right) => !left.Equals(right);
}
