using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Chain.Core.Rpc;

/// <summary>How many requests each client address may make. Addresses that are silent are forgotten.</summary>
internal sealed class ClientAllowances : IDisposable
{
    private const int NetworkBytes = 8;
    private const int RefillsPerSecond = 10;

    private volatile PartitionedRateLimiter<IPAddress>? _limiter;

    /// <summary>Allowances of so many requests a second; 0 for no limit.</summary>
    public ClientAllowances(int perSecond) => _limiter = Create(perSecond);

    /// <summary>What stands for a client: its address, or of an IPv6 address the network, all of which one client has.</summary>
    public static IPAddress? KeyOf(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>Takes so many requests from the allowance of a client; false where it is used up.</summary>
    public bool TrySpend(IPAddress? address, int requests)
    {
        while (_limiter is { } limiter)
        {
            try
            {
                using RateLimitLease lease = limiter.AttemptAcquire(KeyOf(address) ?? IPAddress.None, requests);
                return lease.IsAcquired;
            }
            catch (ObjectDisposedException) when (limiter != _limiter)
            {
                // The allowances changed meanwhile.
            }
        }

        return true;
    }

    /// <summary>Other allowances from now on, none of which is used up.</summary>
    public void Change(int perSecond) => Replace(Create(perSecond));

    public void Dispose() => Replace(null);

    private static PartitionedRateLimiter<IPAddress>? Create(int perSecond) => perSecond == 0 ? null : PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * perSecond,
            TokensPerPeriod = perSecond / RefillsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / RefillsPerSecond),
            QueueLimit = 0,
        }));

    private void Replace(PartitionedRateLimiter<IPAddress>? limiter)
    {
        PartitionedRateLimiter<IPAddress>? before = _limiter;
        _limiter = limiter;
        before?.Dispose();
    }
}
