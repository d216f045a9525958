using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Options;

public sealed class GossipOptionsTests
{
    public static TheoryData<string, GossipOptions> OutOfRange => new()
    {
        { "MinVersion", Chains.Options with { MinVersion = 0 } },
        { "MinVersion", Chains.Options with { MinVersion = 2, MaxVersion = 1 } },
        { "Agent", Chains.Options with { Agent = new string('a', 129) } },
        { "Agent", Chains.Options with { Agent = "chain\n" } },
        { "OutboundSlots", Chains.Options with { Peers = new PeerOptions { OutboundSlots = -1 } } },
        { "HelloTimeout", Chains.Options with { Peers = new PeerOptions { HelloTimeout = TimeSpan.Zero } } },
        { "RedialMax", Chains.Options with { Peers = new PeerOptions { RedialMax = TimeSpan.FromMilliseconds(1) } } },
        { "MaxAddressesFromPeer", Chains.Options with { Peers = new PeerOptions { MaxAddresses = 10 } } },
        { "AddressSample", Chains.Options with { Peers = new PeerOptions { AddressSample = 257 } } },
        { "BanScore", Chains.Options with { Peers = new PeerOptions { BanScore = 0 } } },
        { "Messages", Chains.Options with { Budgets = new BudgetOptions { Messages = new Allowance(0, 1) } } },
        { "Headers", Chains.Options with { Budgets = new BudgetOptions { Headers = new Allowance(1, 511) } } },
        { "Bytes", Chains.Options with { Budgets = new BudgetOptions { Bytes = new Allowance(1, 1000) } } },
        { "AnnounceInterval", Chains.Options with { Relay = new RelayOptions { AnnounceInterval = TimeSpan.FromMinutes(2) } } },
        { "PushPeers", Chains.Options with { Relay = new RelayOptions { PushPeers = -1 } } },
        { "PushBytes", Chains.Options with { Relay = new RelayOptions { PushBytes = WireLimits.BlockBytes + 1 } } },
        { "MaxAskedOfPeer", Chains.Options with { Relay = new RelayOptions { MaxAsked = 10 } } },
        { "KnownPerPeer", Chains.Options with { Relay = new RelayOptions { KnownPerPeer = 0 } } },
        { "BlockTimeout", Chains.Options with { Sync = new SyncOptions { BlockTimeout = TimeSpan.FromSeconds(-1) } } },
        { "MaxAskedBlocks", Chains.Options with { Sync = new SyncOptions { MaxWantedBlocks = 10 } } },
        { "MaxServedBlocks", Chains.Options with { Sync = new SyncOptions { MaxServedBlocks = 1025 } } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Machine_OptionOutOfRange_SaysWhichOne(string name, GossipOptions options)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new GossipMachine(Chains.Peer("alice"), options, new FakeChain()));

        Assert.Equal(name, error.ParamName);
    }

    [Fact]
    public void Machine_DefaultOptions_AreInRange() => Assert.Equal(0, new Scene().Start().Machine.Held.Peers);
}
