namespace Chain.Core.Ledger;

/// <summary>One key to set or remove.</summary>
/// <param name="Key">The key within its tree, at most <see cref="StateLimits.KeyBytes"/>.</param>
/// <param name="Value">The new value, at most <see cref="StateLimits.ValueBytes"/>; null removes the key.</param>
public readonly record struct StateChange(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? Value);
