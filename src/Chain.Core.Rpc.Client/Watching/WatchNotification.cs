namespace Chain.Core.Rpc.Client;

/// <summary>A notification about a watched transaction as it is on the wire.</summary>
internal sealed record WatchNotification(WatchParameters Params);
