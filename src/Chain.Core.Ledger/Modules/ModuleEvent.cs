using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A kind of event that a module reports, declared by <see cref="Module.Event"/>.</summary>
/// <typeparam name="TContent">What the event carries.</typeparam>
public sealed class ModuleEvent<TContent>
{
    private readonly string _module;
    private readonly string _name;
    private readonly Codec<TContent> _content;

    internal ModuleEvent(string module, string name, Codec<TContent> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        _module = module;
        _name = name;
        _content = content;
    }

    /// <summary>Puts the event on the receipt of the transaction, unless the call fails.</summary>
    public void Emit(CallContext context, TContent content)
    {
        ArgumentNullException.ThrowIfNull(context);
        WireWriter room = context.ValueRoom;
        room.Clear();
        _content.Write(room, content);
        context.Emit(_module, _name, room.Written.Span);
    }

    /// <summary>What <paramref name="ledgerEvent"/> carries, if it is one of these.</summary>
    public bool TryRead(LedgerEvent ledgerEvent, [MaybeNullWhen(false)] out TContent content)
    {
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        content = default;
        return ledgerEvent.Module == _module
            && ledgerEvent.Name == _name
            && _content.TryDecode(ledgerEvent.Content, out content);
    }
}
