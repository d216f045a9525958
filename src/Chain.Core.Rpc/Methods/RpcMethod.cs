using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Chain.Core.Rpc;

/// <summary>A method: everything that dispatch, <c>rpc_methods</c> and the OpenRPC document know of it.</summary>
internal sealed class RpcMethod
{
    private static readonly object?[] None = [];

    private readonly Func<RpcCaller, RpcArguments, CancellationToken, ValueTask<RpcReply>> _invoke;

    private RpcMethod(
        string name,
        string summary,
        RpcParameter[] parameters,
        JsonTypeInfo result,
        Func<RpcCaller, RpcArguments, CancellationToken, ValueTask<RpcReply>> invoke)
    {
        Name = name;
        Summary = summary;
        Parameters = parameters;
        Result = result;
        _invoke = invoke;
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].Position = i;
        }
    }

    public string Name { get; }

    public string Summary { get; }

    /// <summary>In the order of a call by position; those that may be left out stand last.</summary>
    public IReadOnlyList<RpcParameter> Parameters { get; }

    public JsonTypeInfo Result { get; }

    public RpcScope Scope { get; init; } = RpcScope.Public;

    /// <summary>How many requests of the caller's allowance a call counts for.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Whether it needs a connection to tell the caller something later.</summary>
    public bool NeedsSession { get; init; }

    public static RpcMethod Create<T>(
        string name,
        string summary,
        RpcParameter[] parameters,
        JsonTypeInfo<T> result,
        Func<RpcCaller, RpcArguments, CancellationToken, ValueTask<RpcResult<T>>> handler,
        RpcScope scope = RpcScope.Public,
        int cost = 1,
        bool needsSession = false)
        where T : class
    {
        async ValueTask<RpcReply> InvokeAsync(RpcCaller caller, RpcArguments arguments, CancellationToken cancellation)
        {
            RpcResult<T> answer = await handler(caller, arguments, cancellation).ConfigureAwait(false);
            return answer.Error is { } error ? error : new RpcReply(answer.Value, result, null);
        }

        return new RpcMethod(name, summary, parameters, result, InvokeAsync) { Scope = scope, Cost = cost, NeedsSession = needsSession };
    }

    /// <summary>A method that answers without waiting.</summary>
    public static RpcMethod Create<T>(
        string name, string summary, RpcParameter[] parameters, JsonTypeInfo<T> result, Func<RpcArguments, RpcResult<T>> handler, int cost = 1)
        where T : class
    {
        ValueTask<RpcReply> InvokeAsync(RpcCaller caller, RpcArguments arguments, CancellationToken cancellation)
        {
            RpcResult<T> answer = handler(arguments);
            return ValueTask.FromResult(answer.Error is { } error ? error : new RpcReply(answer.Value, result, null));
        }

        return new RpcMethod(name, summary, parameters, result, InvokeAsync) { Cost = cost };
    }

    public ValueTask<RpcReply> InvokeAsync(RpcCaller caller, RpcArguments arguments, CancellationToken cancellation) =>
        NeedsSession && caller.Session is null
            ? ValueTask.FromResult<RpcReply>(ErrorKinds.NeedsWebSocket)
            : _invoke(caller, arguments, cancellation);

    /// <summary>Gives each parameter its value, by place or by name.</summary>
    public bool TryBind(JsonElement given, out RpcArguments arguments, out RpcError? error)
    {
        arguments = new RpcArguments(None);
        if (Parameters.Count == 0 && given.ValueKind == JsonValueKind.Undefined)
        {
            error = null;
            return true;
        }

        var elements = new JsonElement[Parameters.Count];
        error = given.ValueKind switch
        {
            JsonValueKind.Array => PlaceByPosition(given, elements),
            JsonValueKind.Object => PlaceByName(given, elements),
            _ => null,
        };
        var values = new object?[elements.Length];
        for (int i = 0; error is null && i < elements.Length; i++)
        {
            if (!Parameters[i].TryBind(elements[i], out values[i]))
            {
                error = new RpcError(ErrorKinds.InvalidParams, $"{Parameters[i].Name}: {Parameters[i].Expected}", JsonText.Describe(elements[i]));
            }
        }

        arguments = new RpcArguments(values);
        return error is null;
    }

    private static RpcError? PlaceByPosition(JsonElement given, JsonElement[] elements)
    {
        int count = given.GetArrayLength();
        if (count > elements.Length)
        {
            return new RpcError(ErrorKinds.InvalidParams, $"at most {elements.Length} parameters", $"{count} parameters");
        }

        int place = 0;
        foreach (JsonElement element in given.EnumerateArray())
        {
            elements[place++] = element;
        }

        return null;
    }

    private RpcError? PlaceByName(JsonElement given, JsonElement[] elements)
    {
        foreach (JsonProperty property in given.EnumerateObject())
        {
            int place = 0;
            while (place < elements.Length && !JsonText.IsNamed(property, Parameters[place].Utf8Name))
            {
                place++;
            }

            if (place == elements.Length)
            {
                string names = elements.Length == 0 ? "no parameters" : "only " + string.Join(", ", Parameters.Select(static one => one.Name));
                return new RpcError(ErrorKinds.InvalidParams, names, "another name");
            }

            if (elements[place].ValueKind != JsonValueKind.Undefined)
            {
                return new RpcError(ErrorKinds.InvalidParams, "each parameter once", $"{Parameters[place].Name} twice");
            }

            elements[place] = property.Value;
        }

        return null;
    }
}
