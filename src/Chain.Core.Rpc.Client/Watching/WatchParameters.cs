namespace Chain.Core.Rpc.Client;

/// <summary>What a notification about a watched transaction carries.</summary>
internal sealed record WatchParameters(string Subscription, WatchEventBody Event);
