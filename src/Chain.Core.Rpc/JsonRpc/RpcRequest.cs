using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>One request, checked in form: its members are there, once, and of the right types.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Params">An array, an object, or undefined where there are none.</param>
/// <param name="Id">A string, a number or null; undefined for a notification, which is never answered.</param>
internal readonly record struct RpcRequest(string Method, JsonElement Params, JsonElement Id)
{
    [Flags]
    private enum Members
    {
        None = 0,
        Version = 1,
        Method = 2,
        Params = 4,
        Id = 8,
    }

    public bool IsNotification => Id.ValueKind == JsonValueKind.Undefined;

    /// <summary>Reads a request.</summary>
    /// <param name="element">Any JSON value.</param>
    /// <param name="request">The request; where it is not one, its id is still right if it could be read.</param>
    /// <param name="error">Why it is not one.</param>
    public static bool TryRead(JsonElement element, out RpcRequest request, out RpcError? error)
    {
        request = default;
        if (element.ValueKind != JsonValueKind.Object)
        {
            error = new RpcError(ErrorKinds.InvalidRequest, "an object", element.ValueKind.ToString());
            return false;
        }

        Members seen = Members.None;
        RpcError? problem = null;
        JsonElement id = default, version = default, method = default, parameters = default;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            Members member = MemberOf(property);
            if ((seen & member) != 0)
            {
                problem ??= new RpcError(ErrorKinds.InvalidRequest, "each member once", $"'{member}' twice");
            }

            seen |= member;
            switch (member)
            {
                case Members.Version: version = property.Value; break;
                case Members.Method: method = property.Value; break;
                case Members.Params: parameters = property.Value; break;
                case Members.Id: id = property.Value; break;
            }
        }

        bool isId = id.ValueKind is JsonValueKind.Undefined or JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null;
        error = !isId ? new RpcError(ErrorKinds.InvalidRequest, "an id that is a string, a number or null", id.ValueKind.ToString())
            : problem ?? Check(version, method, parameters);
        string? name = null;
        if (error is null && !JsonText.TryGet(method, out name))
        {
            error = new RpcError(ErrorKinds.InvalidRequest, "a method of Unicode characters", "half of a surrogate pair");
        }

        // Two ids: nobody knows which one the caller waits for.
        bool isIdKnown = isId && problem is not { Actual: "'Id' twice" };
        request = new RpcRequest(name ?? "", parameters, isIdKnown ? id : default);
        return error is null;
    }

    private static Members MemberOf(JsonProperty property) =>
        JsonText.IsNamed(property, "jsonrpc"u8) ? Members.Version
        : JsonText.IsNamed(property, "method"u8) ? Members.Method
        : JsonText.IsNamed(property, "params"u8) ? Members.Params
        : JsonText.IsNamed(property, "id"u8) ? Members.Id
        : Members.None;

    private static RpcError? Check(JsonElement version, JsonElement method, JsonElement parameters)
    {
        if (!JsonText.TryGet(version, out string? text) || text != "2.0")
        {
            return new RpcError(ErrorKinds.InvalidRequest, "jsonrpc: \"2.0\"", JsonText.Describe(version));
        }

        if (method.ValueKind != JsonValueKind.String)
        {
            return new RpcError(ErrorKinds.InvalidRequest, "a method that is a string", JsonText.Describe(method));
        }

        return parameters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Array or JsonValueKind.Object
            ? null
            : new RpcError(ErrorKinds.InvalidRequest, "params that are an array or an object", JsonText.Describe(parameters));
    }
}
