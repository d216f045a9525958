using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Chain.Core.Rpc;

/// <summary>How many requests each client address may make. Addresses that are silent are forgotten.</summary>
internal static class ClientAllowances
{
    private const int NetworkBytes = 8;
    private const int RefillsPerSecond = 10;

    /// <summary>Allowances of so many requests a second; null for no limit.</summary>
    public static PartitionedRateLimiter<IPAddress>? Create(int perSecond) => perSecond == 0 ? null : PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * perSecond,
            TokensPerPeriod = perSecond / RefillsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / RefillsPerSecond),
            QueueLimit = 0,
        }));

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
}
