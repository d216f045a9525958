using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A method of a module, whatever its arguments.</summary>
internal interface IModuleMethod
{
    bool Accepts(ReadOnlyMemory<byte> arguments);

    /// <summary>Runs the method; false where the arguments do not decode.</summary>
    bool TryInvoke(CallContext context, ReadOnlyMemory<byte> arguments, out CallResult result);
}

/// <summary>A method of a module, declared by <see cref="Module.Method"/>.</summary>
/// <typeparam name="TArguments">What the call carries.</typeparam>
public sealed class ModuleMethod<TArguments> : IModuleMethod
{
    private readonly string _module;
    private readonly string _name;
    private readonly Codec<TArguments> _arguments;
    private readonly Func<CallContext, TArguments, CallResult> _handler;

    internal ModuleMethod(
        string module, string name, Codec<TArguments> arguments, Func<CallContext, TArguments, CallResult> handler)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(handler);
        _module = module;
        _name = name;
        _arguments = arguments;
        _handler = handler;
    }

    /// <summary>The call for a transaction to carry.</summary>
    /// <exception cref="ArgumentException">The arguments exceed what their codec allows.</exception>
    public Call Call(TArguments arguments) => new(_module, _name, _arguments.Encode(arguments));

    bool IModuleMethod.Accepts(ReadOnlyMemory<byte> arguments) => _arguments.TryDecode(arguments, out _);

    bool IModuleMethod.TryInvoke(CallContext context, ReadOnlyMemory<byte> arguments, out CallResult result)
    {
        bool decoded = _arguments.TryDecode(arguments, out TArguments? value);
        result = decoded ? _handler(context, value!) : default;
        return decoded;
    }
}
