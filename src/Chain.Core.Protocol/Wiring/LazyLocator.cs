using System.Collections;
using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>The locator of the head that a tree has now, made out when somebody asks: most heads are passed before.</summary>
internal sealed class LazyLocator(BlockTree tree) : IReadOnlyList<BlockId>
{
    private readonly BlockTreeNode _head = tree.Head;
    private IReadOnlyList<BlockId>? _ids;

    public int Count => Ids.Count;

    private IReadOnlyList<BlockId> Ids => _ids ??= tree.Locator(_head);

    public BlockId this[int index] => Ids[index];

    public IEnumerator<BlockId> GetEnumerator() => Ids.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
