using System.Net;
using Chain.Core.Crypto;

namespace Chain.Core.Wire.Tests;

/// <summary>Fixed values: one of every kind that goes over the wire.</summary>
internal static class Samples
{
    internal static BlockId Genesis { get; } = new(Hash(0x10));

    internal static BlockHeader Header { get; } = BlockHeader.Create(
        new HeaderFields(
            BlockHeader.CurrentVersion,
            new BlockHeight(300),
            new BlockId(Hash(0x20)),
            new UnixTime(1_700_000_000_123),
            Hash(0x30),
            Hash(0x40),
            Hash(0x50)),
        "seal"u8);

    internal static Transaction Transfer { get; } = Sign(nonce: 7, "token", "transfer", [.. Enumerable.Range(0, 40).Select(i => (byte)i)]);

    internal static Transaction Greeting { get; } = Sign(nonce: 200, "guestbook", "sign", "Grüße"u8.ToArray());

    internal static Block Block { get; } = Wire.Block.Create(Header, [Transfer, Greeting]);

    internal static IReadOnlyDictionary<string, PeerMessage> Messages { get; } = new Dictionary<string, PeerMessage>
    {
        ["hello"] = new PeerMessage.Hello(
            7,
            Genesis,
            1,
            3,
            PeerCapabilities.FullHistory | PeerCapabilities.TransactionRelay,
            "chain-core/0.1.0",
            PeerAddress.From(IPAddress.Parse("192.0.2.1"), 7000),
            Header.Id,
            Header.Height),
        ["hello-without-address"] = new PeerMessage.Hello(
            uint.MaxValue, Genesis, 1, 1, PeerCapabilities.None, "", null, BlockId.None, new BlockHeight(0)),
        ["goodbye"] = new PeerMessage.Goodbye("too many peers"),
        ["ping"] = new PeerMessage.Ping(0x0102_0304_0506_0708),
        ["pong"] = new PeerMessage.Pong(127),
        ["get-addresses"] = new PeerMessage.GetAddresses(),
        ["addresses"] = new PeerMessage.Addresses([Address("192.0.2.1", 1), Address("2001:db8::1", 65535), Address("seed.example", 7000)]),
        ["announce-transactions"] = new PeerMessage.AnnounceTransactions([Transfer.Id, Greeting.Id]),
        ["request-transactions"] = new PeerMessage.RequestTransactions([Transfer.Id]),
        ["transactions"] = new PeerMessage.Transactions([Transfer, Greeting]),
        ["announce-blocks"] = new PeerMessage.AnnounceBlocks([Header]),
        ["request-blocks"] = new PeerMessage.RequestBlocks([Header.Id]),
        ["deliver-block"] = new PeerMessage.DeliverBlock(Block),
        ["blocks-not-found"] = new PeerMessage.BlocksNotFound([Header.Id]),
        ["get-headers"] = new PeerMessage.GetHeaders([Header.Id, Genesis]),
        ["headers"] = new PeerMessage.Headers([Header, Header]),
        ["consensus"] = new PeerMessage.Consensus("vote"u8.ToArray()),
        ["compact-block"] = new PeerMessage.CompactBlock(
            Header, 0x0102_0304_0506_0708, new byte[] { 1, 2, 3, 4, 5, 6, 255, 254, 253, 252, 251, 250 }, [new PrefilledTransaction(1, Transfer)]),
        ["get-block-transactions"] = new PeerMessage.GetBlockTransactions(Header.Id, [0, 1, 200, 32_767]),
        ["block-transactions"] = new PeerMessage.BlockTransactions(Header.Id, [Transfer, Greeting]),
        ["get-compact-block"] = new PeerMessage.GetCompactBlock(Header.Id),
        ["push-compact-blocks"] = new PeerMessage.PushCompactBlocks(true),
        ["get-state-changes"] = new PeerMessage.GetStateChanges(Header.Id),
        ["state-changes"] = new PeerMessage.StateChanges(Header.Id, StateChangesAnswer.Given, "changes"u8.ToArray()),
        ["state-changes-not-kept"] = new PeerMessage.StateChanges(Header.Id, StateChangesAnswer.NotKept, default),
    };

    internal static Hash256 Hash(byte first) => new([.. Enumerable.Range(first, Hash256.Size).Select(i => (byte)i)]);

    internal static PeerAddress Address(string host, int port) =>
        PeerAddress.TryCreate(host, port, out PeerAddress? address) ? address : throw new ArgumentException(host);

    private static Transaction Sign(ulong nonce, string module, string method, byte[] arguments)
    {
        using var key = new Ed25519PrivateKey(Hash256.AsSpan(Hash(0x60)));
        var terms = new TransactionTerms(nonce, 1000, new BlockHeight(70_000), new Call(module, method, arguments));
        return Transaction.Sign(in terms, Genesis, key);
    }
}
