namespace Chain.Core.Rpc.Client;

/// <summary>What our servers add to an error.</summary>
internal sealed record RpcErrorDetail(string? Code = null, string? Hint = null, string? Expected = null, string? Actual = null);
