namespace Chain.Core.Consensus;

/// <summary>Something that an engine must remember over a restart.</summary>
/// <param name="Key">The engine's own numbering; a later record under the same key replaces the earlier one.</param>
/// <param name="Value">The engine's own encoding.</param>
public sealed record ConsensusRecord(ulong Key, ReadOnlyMemory<byte> Value);
