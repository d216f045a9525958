using Chain.Core.Gossip;
using Chain.Core.Wire;

namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>A way in which blocks go from node to node.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Give">Sets a node up for it.</param>
internal sealed record RelayRule(string Name, Func<GossipOptions, GossipOptions> Give)
{
    /// <summary>Headers are announced, and bodies asked for: what Bitcoin did in 2015, but for headers in place of hashes.</summary>
    public static RelayRule Asked { get; } = new("asked for", static options => WithoutTransactions(options) with { Relay = options.Relay with { PushPeers = 0, Blocks = BlockRelay.Announce } });

    /// <summary>The maker sends its block whole to its neighbours, unasked; the others ask.</summary>
    public static RelayRule Pushed { get; } = new("pushed by its maker", static options => WithoutTransactions(options) with { Relay = options.Relay with { PushPeers = 1_000, PushBytes = WireLimits.BlockBytes, Blocks = BlockRelay.Announce } });

    /// <summary>Every node has the transactions, and a block goes as their short ids; the maker and a few peers push it unasked.</summary>
    public static RelayRule Compact { get; } = new("compact", static options => options with { Relay = options.Relay with { Blocks = BlockRelay.CompactPush } });

    /// <summary>Every miner has its own transactions, which nobody else needs.</summary>
    private static GossipOptions WithoutTransactions(GossipOptions options) => options with { Capabilities = PeerCapabilities.FullHistory };
}
