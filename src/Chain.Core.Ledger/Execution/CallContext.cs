using System.Runtime.InteropServices;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// What a call knows and may touch. It reads the state as it is in the midst of the block; maps and values of
/// modules write through it. Each access is metered. Do not keep it beyond the call.
/// </summary>
public sealed class CallContext : IStateReader, IKeyRoom
{
    private readonly LedgerDefinition _definition;
    private readonly StateOverlay _state;
    private readonly CostMeter _meter;
    private readonly List<LedgerEvent> _events = [];

    internal CallContext(
        LedgerDefinition definition, StateOverlay state, CostMeter meter, AccountAddress sender, in BlockFrame block)
    {
        _definition = definition;
        _state = state;
        _meter = meter;
        Sender = sender;
        Genesis = block.Genesis;
        Height = block.Height;
        Time = block.Time;
    }

    /// <summary>The account that signed the transaction; zero at genesis.</summary>
    public AccountAddress Sender { get; private set; }

    /// <summary>The chain; <see cref="BlockId.None"/> while genesis is made.</summary>
    public BlockId Genesis { get; }

    /// <summary>The height of the block.</summary>
    public BlockHeight Height { get; }

    /// <summary>The time of the block's header: the only time there is.</summary>
    public UnixTime Time { get; }

    internal ReadOnlySpan<LedgerEvent> Events => CollectionsMarshal.AsSpan(_events);

    internal SignatureSchemes Schemes => _definition.Schemes;

    /// <summary>Where maps encode a key; free again after each access.</summary>
    internal WireWriter KeyRoom { get; } = new(64);

    WireWriter IKeyRoom.KeyRoom => KeyRoom;

    /// <summary>Where maps encode a value.</summary>
    internal WireWriter ValueRoom { get; } = new(64);

    /// <summary>Counts work that no access to the state shows, such as checking a signature. It ends the call where its limit is reached.</summary>
    /// <param name="cost">In the units of <see cref="LedgerLimits"/>, about 10 ns each.</param>
    public void Charge(ulong cost) => _meter.Charge(cost);

    /// <summary>Another module of the chain, to call its public methods.</summary>
    /// <exception cref="InvalidOperationException">The chain has none of this type.</exception>
    public TModule Module<TModule>()
        where TModule : class => _definition.Get<TModule>();

    /// <inheritdoc/>
    public bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        LedgerLimits limits = _definition.Limits;
        _meter.Charge(limits.ReadCost + (limits.ByteCost * (ulong)key.Length));
        bool found = _state.TryGet(module, key, out value);
        _meter.Charge(limits.ByteCost * (ulong)value.Length);
        return found;
    }

    /// <summary>Makes ready for another call: a block uses one context for all of them.</summary>
    internal void Begin(AccountAddress sender, ulong costLimit)
    {
        Sender = sender;
        _meter.Reset(costLimit);
        _events.Clear();
    }

    internal void Write(string module, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ChargeWrite(key, value);
        _state.Set(module, key, value);
    }

    internal void Remove(string module, ReadOnlySpan<byte> key)
    {
        ChargeWrite(key, []);
        _state.Remove(module, key);
    }

    internal void Emit(string module, string name, ReadOnlySpan<byte> content)
    {
        LedgerLimits limits = _definition.Limits;
        _meter.Charge(limits.EventCost + (limits.ByteCost * (ulong)content.Length));
        if (_events.Count == Receipt.MaxEvents || content.Length > StateLimits.ValueBytes)
        {
            throw new InvalidOperationException("The call reports too much.");
        }

        _events.Add(new LedgerEvent(module, name, content.ToArray()));
    }

    private void ChargeWrite(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        LedgerLimits limits = _definition.Limits;
        _meter.Charge(limits.WriteCost + (limits.ByteCost * (ulong)(key.Length + value.Length)));
        if (key.Length > StateLimits.KeyBytes || value.Length > StateLimits.ValueBytes)
        {
            throw new ArgumentException($"A key of {key.Length} bytes or its value does not fit the state.", nameof(value));
        }
    }
}
