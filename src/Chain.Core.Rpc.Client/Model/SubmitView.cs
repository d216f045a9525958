using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>A transaction was taken.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status"><c>pending</c>.</param>
public sealed record SubmitView(TransactionId Id, string Status);
