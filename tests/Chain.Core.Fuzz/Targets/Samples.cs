using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Fuzz;

/// <summary>Valid values to begin with.</summary>
internal static class Samples
{
    public static BlockId Genesis { get; } = new(Sha256.Hash("genesis"u8));

    public static IReadOnlyList<Transaction> Transactions { get; } = MakeTransactions();

    public static BlockHeader Header { get; } = MakeHeader([]);

    public static BlockHeader SealedHeader { get; } = MakeHeader(new byte[300]);

    public static Block Block { get; } = Block.Create(Header, Transactions);

    public static Block EmptyBlock { get; } = Block.Create(SealedHeader, []);

    /// <summary>A block whose header has its root, as compact block; all transactions but the last stand as short ids.</summary>
    public static PeerMessage.CompactBlock CompactBlock { get; } = MakeCompactBlock();

    /// <summary>Every kind of message, some with few elements and some with many.</summary>
    public static IReadOnlyList<PeerMessage> Messages { get; } =
    [
        new PeerMessage.Hello(7, Genesis, 1, 2, PeerCapabilities.None, "agent/1", Address("127.0.0.1:7000"), Header.Id, Header.Height),
        new PeerMessage.Hello(7, Genesis, 1, 2, (PeerCapabilities)3, "", null, Header.Id, Header.Height),
        new PeerMessage.Goodbye("too many peers"),
        new PeerMessage.Ping(300),
        new PeerMessage.Pong(ulong.MaxValue),
        new PeerMessage.GetAddresses(),
        new PeerMessage.Addresses([Address("127.0.0.1:7000"), Address("[2001:db8::1]:65535"), Address("seed.example:1")]),
        new PeerMessage.AnnounceTransactions([.. Transactions.Select(transaction => transaction.Id)]),
        new PeerMessage.RequestTransactions([.. Enumerable.Repeat(Transactions[0].Id, 20)]),
        new PeerMessage.Transactions(Transactions),
        new PeerMessage.AnnounceBlocks([Header, SealedHeader]),
        new PeerMessage.RequestBlocks([Header.Id]),
        new PeerMessage.DeliverBlock(Block),
        new PeerMessage.BlocksNotFound([Header.Id, Genesis]),
        new PeerMessage.GetHeaders([Header.Id, Genesis]),
        new PeerMessage.Headers([Header, SealedHeader]),
        new PeerMessage.Consensus(new byte[100]),
        new PeerMessage.CompactBlock(Header, 7, new byte[24], [new PrefilledTransaction(1, Transactions[0])]),
        CompactBlock,
        new PeerMessage.GetBlockTransactions(Header.Id, [0, 3, 300]),
        new PeerMessage.BlockTransactions(Header.Id, Transactions),
        new PeerMessage.GetCompactBlock(Header.Id),
        new PeerMessage.PushCompactBlocks(true),
        new PeerMessage.GetStateChanges(Header.Id),
        new PeerMessage.StateChanges(Header.Id, StateChangesAnswer.Given, new byte[100]),
        new PeerMessage.StateChanges(Header.Id, StateChangesAnswer.TooMany, default),
    ];

    private static Transaction[] MakeTransactions()
    {
        byte[] secret = [.. Enumerable.Repeat((byte)9, 32)];
        using var ed25519 = new Ed25519PrivateKey(secret);
        using var ecdsa = new EcdsaSecp256k1PrivateKey(secret);
        using var schnorr = new SchnorrSecp256k1PrivateKey(secret);
        using var mldsa = new MLDsa65PrivateKey(secret);
        var transfer = new Call("token", "transfer", new byte[40]);
        return
        [
            Transaction.Sign(new TransactionTerms(0, 1, new BlockHeight(100), transfer), Genesis, ed25519),
            Transaction.Sign(new TransactionTerms(200, 70_000, new BlockHeight(ulong.MaxValue), transfer), Genesis, ecdsa),
            Transaction.Sign(new TransactionTerms(uint.MaxValue, 0, default, new Call("", "", default)), Genesis, schnorr),
            Transaction.Sign(new TransactionTerms(1, 1, default, new Call(new string('m', 32), new string('n', 31), new byte[300])), Genesis, ed25519),
            Transaction.Sign(new TransactionTerms(1, 1, default, transfer), Genesis, mldsa),
        ];
    }

    private static PeerMessage.CompactBlock MakeCompactBlock()
    {
        BlockHeader header = BlockHeader.Create(Header.Fields with { TransactionsRoot = Block.RootOf(Transactions) }, default);
        var key = new ShortIdKey(header.Id, 1);
        byte[] shortIds = new byte[(Transactions.Count - 1) * ShortIdKey.Size];
        for (int i = 0; i < Transactions.Count - 1; i++)
        {
            ShortIdKey.Write(key.Of(Transactions[i].Id), shortIds.AsSpan(i * ShortIdKey.Size));
        }

        return new PeerMessage.CompactBlock(header, 1, shortIds, [new PrefilledTransaction(Transactions.Count - 1, Transactions[^1])]);
    }

    private static BlockHeader MakeHeader(byte[] seal) => BlockHeader.Create(
        new HeaderFields(
            1, new BlockHeight(70_000), Genesis, new UnixTime(1_700_000_000_000), Sha256.Hash("a"u8), Sha256.Hash("b"u8), Sha256.Hash("c"u8)),
        seal);

    public static PeerAddress Address(string text) => PeerAddress.TryParse(text, out PeerAddress? address)
        ? address
        : throw new InvalidOperationException(text);
}
