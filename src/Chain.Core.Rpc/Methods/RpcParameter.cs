using System.Text;
using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>A parameter of a method: its name, type and place.</summary>
internal abstract class RpcParameter(string name, bool isRequired, string summary)
{
    public string Name { get; } = name;

    /// <summary>The name as it stands in requests.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    public bool IsRequired { get; } = isRequired;

    public string Summary { get; } = summary;

    /// <summary>The place among the parameters of its method, from 0.</summary>
    public int Position { get; set; }

    /// <summary>What a value must be, in words.</summary>
    public abstract string Expected { get; }

    /// <summary>What a value must be, as a JSON schema.</summary>
    public abstract string Schema { get; }

    /// <summary>Reads a value; undefined stands for one that was not given.</summary>
    public abstract bool TryBind(JsonElement element, out object? value);

    public static RpcParameter<T> Required<T>(string name, ParameterKind<T> kind, string summary) => new(name, kind, isRequired: true, default!, summary);

    public static RpcParameter<T> Optional<T>(string name, ParameterKind<T> kind, T otherwise, string summary) =>
        new(name, kind, isRequired: false, otherwise, summary);
}

/// <summary>A parameter whose values are of a known type.</summary>
internal sealed class RpcParameter<T>(string name, ParameterKind<T> kind, bool isRequired, T otherwise, string summary)
    : RpcParameter(name, isRequired, summary)
{
    // Made once: most callers leave it out.
    private readonly object? _otherwise = otherwise;

    public override string Expected => kind.Expected;

    public override string Schema => kind.Schema;

    public override bool TryBind(JsonElement element, out object? value)
    {
        if (element.ValueKind == JsonValueKind.Undefined || (!IsRequired && element.ValueKind == JsonValueKind.Null))
        {
            value = _otherwise;
            return !IsRequired;
        }

        bool isRight = kind.TryParse(element, out T parsed);
        value = parsed;
        return isRight;
    }
}
