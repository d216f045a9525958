using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>An inner node that lacks its hash.</summary>
internal interface IInnerToHash
{
    ref readonly Hash256 Left(in Hash256 empty);

    ref readonly Hash256 Right(in Hash256 empty);

    void SetHash(in Hash256 hash);
}

/// <summary>One that is an object.</summary>
internal readonly struct InnerNodeToHash(StateInner node) : IInnerToHash
{
    public ref readonly Hash256 Left(in Hash256 empty) => ref HashOf(node.Left, in empty);

    public ref readonly Hash256 Right(in Hash256 empty) => ref HashOf(node.Right, in empty);

    public void SetHash(in Hash256 hash) => node.SetHash(in hash);

    private static ref readonly Hash256 HashOf(StateNode? node, in Hash256 empty)
    {
        if (node is null)
        {
            return ref empty;
        }

        return ref node.HashInPlace;
    }
}

/// <summary>One in a page that nobody else has yet.</summary>
/// <param name="page">The page.</param>
/// <param name="hash">Where the hash of the node stands.</param>
/// <param name="left">Where that of its left child is found, by <see cref="StatePage.HashPlaceOf"/>.</param>
/// <param name="right">Where that of its right child is found.</param>
internal readonly struct InnerInPageToHash(StatePage page, int hash, int left, int right) : IInnerToHash
{
    public ref readonly Hash256 Left(in Hash256 empty) => ref page.HashAt(left, in empty);

    public ref readonly Hash256 Right(in Hash256 empty) => ref page.HashAt(right, in empty);

    public void SetHash(in Hash256 value)
    {
        page.HashesInPlace[hash] = value;
        if (hash == 0)
        {
            page.SetHash(in value);
        }
    }
}
