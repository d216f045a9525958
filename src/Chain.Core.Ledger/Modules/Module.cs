using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>
/// A part of a chain: calls that transactions make, and state that they change. Derive from it, declare maps,
/// values and methods in the constructor, and keep nothing else in fields: all state lives in the maps.
/// </summary>
/// <remarks>
/// A state transition must be a function of the state, the call and its <see cref="CallContext"/> alone: no clock,
/// randomness, culture, floating point, I/O or order of a hash table. One instance serves all threads.
/// </remarks>
public abstract class Module
{
    private readonly Dictionary<string, IModuleMethod> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private readonly List<ValueField> _methodShapes = [];
    private readonly List<ValueField> _eventShapes = [];
    private readonly List<MapDescription> _mapShapes = [];
    private readonly List<ValueField> _valueShapes = [];

    /// <summary>A module with this name, which is part of the chain's format.</summary>
    /// <param name="name">At most <see cref="WireLimits.NameBytes"/> UTF-8 bytes.</param>
    protected Module(string name)
    {
        ModuleNames.Check(name);
        Name = name;
    }

    /// <summary>The name that calls, events and proofs carry.</summary>
    public string Name { get; }

    /// <summary>What the module declares, for programs that do not have its code.</summary>
    public ModuleDescription Describe() => new(Name, [.. _methodShapes], [.. _eventShapes], [.. _mapShapes], [.. _valueShapes]);

    /// <summary>Whether a transaction may carry this call: the method exists and its arguments decode.</summary>
    public bool Accepts(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return TryFind(call.Method, out IModuleMethod? method) && method.Accepts(call.Arguments);
    }

    /// <summary>Sets up the state of a new chain. The base takes no data and sets nothing.</summary>
    /// <param name="context">Where to write; it has no sender.</param>
    /// <param name="data">The module's part of the genesis, empty where the genesis has none.</param>
    /// <returns>Failure where the data does not decode or makes no sense.</returns>
    protected internal virtual CallResult Initialize(CallContext context, ReadOnlyMemory<byte> data) =>
        data.IsEmpty ? CallResult.Success : CallResult.Failure($"the module {Name} takes no genesis data");

    /// <summary>Declares a map in the module's state.</summary>
    /// <param name="name">Unique within the module; part of the chain's format.</param>
    /// <param name="key">Encodes keys.</param>
    /// <param name="value">Encodes values.</param>
    protected StateMap<TKey, TValue> Map<TKey, TValue>(string name, Codec<TKey> key, Codec<TValue> value)
    {
        Declare(name);
        var map = new StateMap<TKey, TValue>(Name, name, key, value);
        _mapShapes.Add(new MapDescription(name, key.Shape, value.Shape));
        return map;
    }

    /// <summary>Declares a single value in the module's state.</summary>
    /// <param name="name">Unique within the module; part of the chain's format.</param>
    /// <param name="value">Encodes the value.</param>
    protected StateValue<TValue> Value<TValue>(string name, Codec<TValue> value)
    {
        Declare(name);
        var declared = new StateValue<TValue>(Name, name, value);
        _valueShapes.Add(new ValueField(name, value.Shape));
        return declared;
    }

    /// <summary>Declares a method that transactions can call.</summary>
    /// <param name="name">Unique within the module; part of the chain's format.</param>
    /// <param name="arguments">Encodes the arguments; what does not decode never reaches the handler.</param>
    /// <param name="handler">What the call does.</param>
    protected ModuleMethod<TArguments> Method<TArguments>(
        string name, Codec<TArguments> arguments, Func<CallContext, TArguments, CallResult> handler)
    {
        ModuleNames.Check(name);
        var method = new ModuleMethod<TArguments>(Name, name, arguments, handler);
        if (!_methods.TryAdd(name, method))
        {
            throw new ArgumentException($"The module {Name} has two methods {name}.", nameof(name));
        }

        _methodShapes.Add(new ValueField(name, arguments.Shape));
        return method;
    }

    /// <summary>Declares a kind of event that calls of this module report.</summary>
    /// <param name="name">Part of the chain's format.</param>
    /// <param name="content">Encodes what the event carries.</param>
    protected ModuleEvent<TContent> Event<TContent>(string name, Codec<TContent> content)
    {
        ModuleNames.Check(name);
        var declared = new ModuleEvent<TContent>(Name, name, content);
        _eventShapes.Add(new ValueField(name, content.Shape));
        return declared;
    }

    internal bool TryFind(string method, [NotNullWhen(true)] out IModuleMethod? found) => _methods.TryGetValue(method, out found);

    private void Declare(string name)
    {
        ModuleNames.Check(name);
        if (!_fields.Add(name))
        {
            throw new ArgumentException($"The module {Name} has two maps or values {name}.", nameof(name));
        }
    }
}
