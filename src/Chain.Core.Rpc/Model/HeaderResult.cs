using System.ComponentModel;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>A header.</summary>
internal sealed record HeaderResult(
    [property: Description("The block's id: the tagged hash of the canonical header, seal included.")] BlockId Id,
    [property: Description("How many blocks stand before it.")] BlockHeight Height,
    [property: Description("The id of the block before it.")] BlockId Parent,
    [property: Description("Milliseconds since 1970-01-01 UTC.")] UnixTime Time,
    [property: Description("The version of the header's form.")] uint Version,
    [property: Description("The Merkle root of its transactions.")] Hash256 TransactionsRoot,
    [property: Description("The root of the state after the block.")] Hash256 StateRoot,
    [property: Description("The root over all earlier headers.")] Hash256 HistoryRoot,
    [property: Description("What the consensus engine says for it.")] ReadOnlyMemory<byte> Seal,
    [property: Description("The canonical bytes; the id is their hash.")] ReadOnlyMemory<byte> Encoded,
    [property: Description("finalized, onChain or abandoned.")] string Standing);
