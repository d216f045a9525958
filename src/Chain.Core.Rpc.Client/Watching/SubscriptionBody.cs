namespace Chain.Core.Rpc.Client;

/// <summary>What a subscription answers with.</summary>
internal sealed record SubscriptionBody(string Subscription);
