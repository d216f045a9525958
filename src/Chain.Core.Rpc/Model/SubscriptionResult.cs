using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>A subscription of this connection.</summary>
internal sealed record SubscriptionResult(
    [property: Description("Its name; notifications carry it.")] string Subscription);
