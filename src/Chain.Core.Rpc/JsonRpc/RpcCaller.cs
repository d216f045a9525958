using System.Net;

namespace Chain.Core.Rpc;

/// <summary>Who calls: what it may, what it may spend, and where it can be told something later.</summary>
/// <param name="scope">Which methods it may call.</param>
/// <param name="address">Where it is; callers of one address share their allowance.</param>
/// <param name="allowances">What callers may spend; null where there is no limit.</param>
/// <param name="session">Its WebSocket; null over HTTP.</param>
internal sealed class RpcCaller(RpcScope scope, IPAddress? address, ClientAllowances? allowances, RpcSession? session)
{
    public RpcScope Scope { get; } = scope;

    public RpcSession? Session { get; } = session;

    public IPAddress? Address { get; } = address;

    /// <summary>Takes so many requests from the allowance; false where it is used up.</summary>
    public bool TrySpend(int requests) => allowances?.TrySpend(Address, requests) ?? true;
}
