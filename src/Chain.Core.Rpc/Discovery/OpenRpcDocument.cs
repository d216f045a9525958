using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chain.Core.Rpc;

/// <summary>The interface as an OpenRPC 1.3 document, made of the same descriptors that calls are dispatched by.</summary>
internal static class OpenRpcDocument
{
    private const string SpecificationVersion = "1.3.2";
    private const string InterfaceVersion = "1";

    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    /// <summary>The document of the methods that a scope has.</summary>
    public static JsonDocument Of(MethodTable methods, RpcScope scope) => JsonDocument.Parse(Text(methods, scope));

    private static JsonObject DescribeAll(MethodTable methods, RpcScope scope) => new()
    {
        ["openrpc"] = SpecificationVersion,
        ["info"] = new JsonObject
        {
            ["title"] = "Chain.Core RPC",
            ["version"] = InterfaceVersion,
            ["description"] = "JSON-RPC 2.0 with POST / or over a WebSocket at /. Events: GET /v1/events?after=<cursor|latest|genesis>.",
            ["license"] = new JsonObject { ["name"] = "MIT" },
        },
        ["methods"] = new JsonArray([.. methods.All.Where(method => method.Scope <= scope).Select(DescribeMethod)]),
        ["components"] = new JsonObject { ["errors"] = DescribeErrors() },
    };

    /// <summary>The same as text for people.</summary>
    public static string Text(MethodTable methods, RpcScope scope)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            DescribeAll(methods, scope).WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static JsonObject DescribeMethod(RpcMethod method) => new()
    {
        ["name"] = method.Name,
        ["summary"] = method.Summary,
        ["paramStructure"] = "either",
        ["params"] = new JsonArray([.. method.Parameters.Select(DescribeParameter)]),
        ["result"] = new JsonObject
        {
            ["name"] = "result",
            ["schema"] = method.Result.Type == typeof(JsonDocument)
                ? new JsonObject { ["type"] = "object" }
                : method.Result.GetJsonSchemaAsNode(Exporting),
        },
        ["x-transport"] = method.NeedsSession ? "websocket" : "any",
        ["x-cost"] = method.Cost,
    };

    private static JsonObject DescribeParameter(RpcParameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["summary"] = parameter.Summary,
        ["required"] = parameter.IsRequired,
        ["schema"] = JsonNode.Parse(parameter.Schema),
    };

    private static JsonObject DescribeErrors()
    {
        var errors = new JsonObject();
        foreach (ErrorKind kind in ErrorKinds.All)
        {
            errors[kind.Code] = new JsonObject
            {
                ["code"] = kind.Number,
                ["message"] = kind.Message,
                ["data"] = new JsonObject { ["code"] = kind.Code, ["hint"] = kind.Hint },
            };
        }

        return errors;
    }

    /// <summary>Gives types of the chain their schema, and properties what is said of them.</summary>
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        JsonTypeInfo type = context.TypeInfo;
        JsonConverter converter = context.PropertyInfo?.CustomConverter ?? type.Converter;
        Type? inner = Nullable.GetUnderlyingType(type.Type);
        converter = inner is null ? converter : type.Options.GetTypeInfo(inner).Converter;
        JsonNode result = converter is IHasSchema known ? JsonNode.Parse(known.Schema)! : schema;
        object? description = context.PropertyInfo?.AttributeProvider?
            .GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
            .FirstOrDefault();
        if (description is DescriptionAttribute { Description: var text } && result is JsonObject described)
        {
            described["description"] = text;
        }

        return result;
    }
}
