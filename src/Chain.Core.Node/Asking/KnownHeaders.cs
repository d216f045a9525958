using Chain.Core.Wire;

namespace Chain.Core.Node;

/// <summary>
/// Headers that many readers ask for, so that not each of them decodes a whole block: only ever used where the store has
/// the same id. Any thread may set them.
/// </summary>
internal sealed class KnownHeaders
{
    private volatile BlockHeader? _head;
    private volatile BlockHeader? _finalized;

    public BlockHeader? Head
    {
        get => _head;
        set => _head = value;
    }

    public BlockHeader? Finalized
    {
        get => _finalized;
        set => _finalized = value;
    }
}
