using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>A transaction was taken.</summary>
internal sealed record SubmitResult(
    [property: Description("Its id.")] TransactionId Id,
    [property: Description("pending: it waits in the mempool.")] string Status);
