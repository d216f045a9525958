namespace Chain.Core.Rpc.Client;

/// <summary>An error as it is on the wire.</summary>
internal sealed record RpcErrorBody(int Code, string Message, RpcErrorDetail? Data = null);
