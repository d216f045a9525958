using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>The ancestors of a header as a store has them, read when they are asked for. Serves one thread.</summary>
/// <param name="store">The store of a node.</param>
/// <param name="header">Any header whose parent is stored.</param>
public sealed class StoredAncestors(IKeyValueReader store, BlockHeader header) : IAncestors
{
    private readonly List<BlockHeader> _headers = [header];

    /// <inheritdoc/>
    /// <remarks>False also where the store lacks an ancestor.</remarks>
    /// <exception cref="InvalidDataException">Stored bytes are no header: the store is corrupt.</exception>
    public bool TryGet(ulong distance, [NotNullWhen(true)] out BlockHeader? ancestor)
    {
        while ((ulong)_headers.Count <= distance && ChainRecords.TryReadParent(store, _headers[^1], out BlockHeader? parent))
        {
            _headers.Add(parent);
        }

        ancestor = distance < (ulong)_headers.Count ? _headers[(int)distance] : null;
        return ancestor is not null;
    }
}
