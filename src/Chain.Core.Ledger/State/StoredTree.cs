using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>Where a <see cref="StateTree"/> stands in its store. The default value is the empty tree.</summary>
/// <param name="Root">Its root.</param>
/// <param name="Version">Under which its top page is stored.</param>
public readonly record struct StoredTree(Hash256 Root, UInt128 Version);
