using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>A leaf that lacks its hash.</summary>
internal interface ILeafToHash
{
    ReadOnlySpan<byte> Value { get; }

    ref readonly Hash256 KeyHash { get; }

    /// <summary>The hash of its value until its own is set.</summary>
    ref readonly Hash256 Hash { get; }

    void SetHash(in Hash256 hash);
}

/// <summary>One that is an object.</summary>
internal readonly struct LeafNodeToHash(StateLeaf leaf) : ILeafToHash
{
    public ReadOnlySpan<byte> Value => leaf.Value.Span;

    public ref readonly Hash256 KeyHash => ref leaf.KeyHash;

    public ref readonly Hash256 Hash => ref leaf.HashInPlace;

    public void SetHash(in Hash256 hash) => leaf.SetHash(in hash);
}

/// <summary>One in a page that nobody else has yet.</summary>
/// <param name="page">The page.</param>
/// <param name="hash">Where its hash stands.</param>
/// <param name="change">Its key and its value.</param>
internal readonly struct LeafInPageToHash(StatePage page, int hash, KeyedChange change) : ILeafToHash
{
    public ReadOnlySpan<byte> Value => change.Value.GetValueOrDefault().Span;

    public ref readonly Hash256 KeyHash => ref change.KeyHash;

    public ref readonly Hash256 Hash => ref page.HashesInPlace[hash];

    public void SetHash(in Hash256 value) => page.HashesInPlace[hash] = value;
}
