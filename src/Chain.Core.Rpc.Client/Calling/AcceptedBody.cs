namespace Chain.Core.Rpc.Client;

internal sealed record AcceptedBody(bool Accepted);
