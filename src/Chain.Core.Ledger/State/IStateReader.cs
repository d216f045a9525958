namespace Chain.Core.Ledger;

/// <summary>Reads the state of a chain: one that was committed, or one in the midst of a block.</summary>
public interface IStateReader
{
    /// <summary>The value of <paramref name="key"/> in a module, if it is set. It must not be changed.</summary>
    /// <returns>False where the key is not set or the chain has no such module.</returns>
    bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value);
}
