using System.Globalization;
using Chain.Core.App.Errors;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>Makes a call from words, by what the modules of a chain declare.</summary>
/// <param name="modules">What they declare, as a node says: nothing of it is believed to make sense.</param>
/// <param name="findAccount">The account that a text names.</param>
internal sealed class CallMaker(IReadOnlyList<ModuleDescription> modules, Func<string, AccountAddress> findAccount)
{
    private const string Value = "value";

    /// <summary>The arguments of a call, each with the name by which it is given.</summary>
    public static IReadOnlyList<ValueField> ArgumentsOf(ValueShape shape) => shape is ValueShape.Tuple tuple
        ? [.. tuple.Fields.Select(static (field, i) => field.Name.Length > 0 ? field : field with { Name = (i + 1).ToString(CultureInfo.InvariantCulture) })]
        : [new ValueField(Value, shape)];

    /// <summary>Whether the call has one argument, which is given without a name.</summary>
    public static bool IsNameless(ValueShape shape) => shape is not ValueShape.Tuple;

    /// <summary>The call.</summary>
    /// <param name="name">Module and method, such as <c>token.transfer</c>.</param>
    /// <param name="words">The arguments, <c>name=value</c> each.</param>
    /// <exception cref="UsageException">The chain has no such call, or an argument is wrong, missing, or one too many.</exception>
    public Call Make(string name, IReadOnlyList<string> words)
    {
        (ModuleDescription module, ValueField method) = Find(name);
        IReadOnlyList<ValueField> arguments = ArgumentsOf(method.Shape);
        Dictionary<string, string> given = IsNameless(method.Shape) ? One(name, method.Shape, words) : ByName(name, method.Shape, words);
        var encoder = new ArgumentEncoder(findAccount);
        if (!IsNameless(method.Shape))
        {
            encoder.BeginTuple(arguments.Count);
        }

        foreach (ValueField argument in arguments)
        {
            encoder.Add(argument, given.TryGetValue(argument.Name, out string? text) ? text : throw Wrong(name, method.Shape, $"needs '{argument.Name}'"));
        }

        return encoder.Written.Length <= WireLimits.ArgumentBytes
            ? new Call(module.Name, method.Name, encoder.Written)
            : throw Wrong(name, method.Shape, $"has arguments of {encoder.Written.Length} bytes; a transaction carries {WireLimits.ArgumentBytes}");
    }

    private (ModuleDescription Module, ValueField Method) Find(string name)
    {
        foreach (ModuleDescription module in modules)
        {
            foreach (ValueField method in module.Methods)
            {
                if (name == $"{module.Name}.{method.Name}")
                {
                    return (module, method);
                }
            }
        }

        string? near = Nearest.To(name, modules.SelectMany(static module => module.Methods, static (module, method) => $"{module.Name}.{method.Name}"));
        throw new UsageException(
            FaultCode.Call, $"the chain has no call '{name}'", "MODULE.METHOD such as token.transfer", near is null ? "'tx calls' lists those that it has" : $"did you mean {near}?");
    }

    private static Dictionary<string, string> One(string name, ValueShape shape, IReadOnlyList<string> words) => words.Count == 1
        ? new Dictionary<string, string> { [Value] = words[0] }
        : throw Wrong(name, shape, $"takes one argument without a name, and there are {words.Count}");

    private static Dictionary<string, string> ByName(string name, ValueShape shape, IReadOnlyList<string> words)
    {
        string[] known = [.. ArgumentsOf(shape).Select(static each => each.Name)];
        var given = new Dictionary<string, string>();
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string argument = equals >= 0 ? word[..equals] : "";
            if (!known.Contains(argument))
            {
                string? near = Nearest.To(equals >= 0 ? argument : word, known);
                throw Wrong(name, shape, equals >= 0 ? $"takes no '{argument}'" : $"takes name=value, not '{word}'", near);
            }

            if (!given.TryAdd(argument, word[(equals + 1)..]))
            {
                throw Wrong(name, shape, $"has '{argument}' twice");
            }
        }

        return given;
    }

    private static UsageException Wrong(string name, ValueShape shape, string what, string? near = null)
    {
        string usage = ShapeText.Usage(shape);
        return new UsageException(FaultCode.Call, $"{name} {what}", usage.Length > 0 ? usage : "no arguments", near is null ? null : $"did you mean {near}?");
    }
}
