using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>What a module told while a transaction was executed.</summary>
internal sealed record EventResult(
    [property: Description("The module.")] string Module,
    [property: Description("The name of the event.")] string Name,
    [property: Description("The canonical content.")] ReadOnlyMemory<byte> Content);
