namespace Chain.Core.Ledger;

/// <summary>A single typed value in the state of a module, declared by <see cref="Module.Value"/>.</summary>
/// <remarks>In the tree it is the entry <c>true</c> of a map with its name.</remarks>
/// <typeparam name="TValue">The value.</typeparam>
public sealed class StateValue<TValue>
{
    internal StateValue(string module, string name, Codec<TValue> value) => Map = new(module, name, Codecs.Boolean, value);

    private StateMap<bool, TValue> Map { get; }

    /// <summary>The value, or <paramref name="absent"/> where it is not set.</summary>
    public TValue GetOr(IStateReader state, TValue absent) => Map.GetOr(state, true, absent);

    /// <summary>Sets the value.</summary>
    public void Set(CallContext context, TValue value) => Map.Set(context, true, value);

    /// <summary>Removes the value.</summary>
    public void Remove(CallContext context) => Map.Remove(context, true);

    /// <summary>The key in the module's tree, as proofs name it.</summary>
    public byte[] Key => Map.KeyOf(true);
}
