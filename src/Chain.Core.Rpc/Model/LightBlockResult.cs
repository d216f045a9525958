using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>A final block with what proves it.</summary>
internal sealed record LightBlockResult(
    [property: Description("The canonical header.")] ReadOnlyMemory<byte> Header,
    [property: Description("What made it final.")] ReadOnlyMemory<byte> Certificate,
    [property: Description("Who vote in its epoch.")] IReadOnlyList<ValidatorResult> Validators);
