using System.Diagnostics.CodeAnalysis;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A typed map in the state of a module, declared by <see cref="Module.Map"/>. It holds no data itself.</summary>
/// <remarks>In the tree a key is the map's name as a string, then the encoded key.</remarks>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
public sealed class StateMap<TKey, TValue>
{
    private readonly Codec<TKey> _key;
    private readonly Codec<TValue> _value;
    private readonly byte[] _prefix;

    internal StateMap(string module, string name, Codec<TKey> key, Codec<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        Module = module;
        Name = name;
        _key = key;
        _value = value;
        _prefix = new WireWriter(64).String(name).ToArray();
    }

    /// <summary>The module that the map belongs to.</summary>
    public string Module { get; }

    /// <summary>The name of the map within the module.</summary>
    public string Name { get; }

    /// <summary>The value under <paramref name="key"/>, if it is set.</summary>
    /// <param name="state">A committed state, or the context of the call that asks.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public bool TryGet(IStateReader state, TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(state);
        value = default;
        ReadOnlySpan<byte> encoded = state is IKeyRoom reader ? KeyIn(reader.KeyRoom, key) : KeyOf(key);
        return state.TryGet(Module, encoded, out ReadOnlyMemory<byte> bytes) && Decode(bytes, out value);
    }

    /// <summary>The value under <paramref name="key"/>, or <paramref name="absent"/> where it is not set.</summary>
    public TValue GetOr(IStateReader state, TKey key, TValue absent) => TryGet(state, key, out TValue? value) ? value : absent;

    /// <summary>Whether <paramref name="key"/> is set.</summary>
    public bool Contains(IStateReader state, TKey key) => TryGet(state, key, out _);

    /// <summary>Sets <paramref name="key"/> to <paramref name="value"/>.</summary>
    public void Set(CallContext context, TKey key, TValue value)
    {
        ArgumentNullException.ThrowIfNull(context);
        WireWriter room = context.ValueRoom;
        room.Clear();
        _value.Write(room, value);
        context.Write(Module, KeyIn(context.KeyRoom, key), room.Written.Span);
    }

    /// <summary>Removes <paramref name="key"/>; one that is not set is no error.</summary>
    public void Remove(CallContext context, TKey key)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Remove(Module, KeyIn(context.KeyRoom, key));
    }

    /// <summary>The key in the module's tree, as proofs name it.</summary>
    public byte[] KeyOf(TKey key)
    {
        WireWriter writer = new WireWriter(64).Raw(_prefix);
        _key.Write(writer, key);
        return writer.ToArray();
    }

    /// <summary>Proves the value under <paramref name="key"/>, or that it is not set.</summary>
    public StateProof Prove(ChainState state, TKey key)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Prove(Module, KeyOf(key));
    }

    /// <summary>Checks a proof with nothing but the state root of a header.</summary>
    /// <returns>Whether something is proven: <paramref name="isSet"/> says what.</returns>
    public bool TryVerify(
        StateProof proof, in Hash256 stateRoot, TKey key, out bool isSet, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(proof);
        isSet = false;
        value = default;
        if (!proof.TryVerify(in stateRoot, Module, KeyOf(key), out ReadOnlyMemory<byte>? bytes))
        {
            return false;
        }

        isSet = bytes is not null;
        return bytes is not { } found || _value.TryDecode(found, out value);
    }

    /// <summary>The key in the room of who reads, valid until the next access.</summary>
    private ReadOnlySpan<byte> KeyIn(WireWriter room, TKey key)
    {
        room.Clear();
        room.Raw(_prefix);
        _key.Write(room, key);
        return room.Written.Span;
    }

    private bool Decode(ReadOnlyMemory<byte> bytes, [MaybeNullWhen(false)] out TValue value) =>
        _value.TryDecode(bytes, out value)
            ? true
            : throw new StateUnavailableException($"A value of {Module}.{Name} does not decode.");
}
