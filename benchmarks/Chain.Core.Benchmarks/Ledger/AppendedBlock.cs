using Chain.Core.Crypto;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>A block as it comes over the wire, with the states that it stands between.</summary>
internal sealed record AppendedBlock(byte[] Encoded, Hash256 ParentStateRoot, Hash256 StateRoot);
