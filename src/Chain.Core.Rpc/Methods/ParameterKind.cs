using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>How values of a type are spelled in parameters. There is one spelling: nothing is converted.</summary>
/// <param name="Expected">What a value must be, in words.</param>
/// <param name="Schema">What a value must be, as a JSON schema.</param>
/// <param name="TryParse">Reads a value of hostile origin and never throws.</param>
internal sealed record ParameterKind<T>(string Expected, string Schema, ParameterKind<T>.Parser TryParse)
{
    public delegate bool Parser(JsonElement element, out T value);
}
