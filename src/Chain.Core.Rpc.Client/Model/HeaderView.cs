using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>A header as the server gives it.</summary>
/// <param name="Id">Its id, as the server says.</param>
/// <param name="Height">Its height, as the server says.</param>
/// <param name="Encoded">The canonical bytes; the id is their hash.</param>
/// <param name="Standing"><c>finalized</c>, <c>onChain</c> or <c>abandoned</c>.</param>
public sealed record HeaderView(BlockId Id, BlockHeight Height, ReadOnlyMemory<byte> Encoded, string Standing);
