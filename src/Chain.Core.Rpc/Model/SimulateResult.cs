using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>What would become of a transaction in the next block.</summary>
internal sealed record SimulateResult(
    [property: Description("The block whose state it was tried on.")] BlockPlace Block,
    [property: Description("What would become of it.")] ReceiptResult Receipt);
