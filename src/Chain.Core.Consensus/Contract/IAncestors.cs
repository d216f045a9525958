using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>The ancestors of a header.</summary>
public interface IAncestors
{
    /// <summary>The ancestor <paramref name="distance"/> blocks before the header: 1 is its parent. False beyond genesis.</summary>
    bool TryGet(ulong distance, [NotNullWhen(true)] out BlockHeader? ancestor);
}
