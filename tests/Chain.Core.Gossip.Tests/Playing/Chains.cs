using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Playing;

/// <summary>Blocks, transactions and peers for tests.</summary>
internal static class Chains
{
    public const uint Network = 7;

    public static readonly Block Genesis = Block.Create(HeaderOn(null, fork: 0, []), []);

    public static GossipOptions Options { get; } = new() { Network = Network, Genesis = Genesis.Id };

    /// <summary>An identity that compares as its first letter.</summary>
    public static PeerId Peer(string name)
    {
        var key = new byte[Hash256.Size];
        System.Text.Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, key.Length)), key);
        return new PeerId(new Hash256(key));
    }

    public static PeerAddress Address(string name, int port = 7000) =>
        PeerAddress.TryCreate(name, port, out PeerAddress? address) ? address : throw new ArgumentException(name);

    public static Block BlockOn(BlockHeader parent, uint fork = 0, params Transaction[] transactions) =>
        Block.Create(HeaderOn(parent, fork, transactions), transactions);

    /// <summary>A chain of empty blocks after <paramref name="parent"/>.</summary>
    public static List<Block> BlocksAfter(Block parent, int count, uint fork = 0)
    {
        var blocks = new List<Block>(count);
        for (int i = 0; i < count; i++)
        {
            parent = BlockOn(parent.Header, fork);
            blocks.Add(parent);
        }

        return blocks;
    }

    public static Transaction Transaction(ulong nonce, int bytes = 0) => Wire.Transaction.Sign(
        new TransactionTerms(nonce, 1, new BlockHeight(1000), new Call("guestbook", "sign", new byte[bytes])),
        Genesis.Id,
        new NoSigner());

    public static TransactionId UnknownTransaction(ulong number) => new(Id(number));

    public static BlockId UnknownBlock(ulong number) => new(Id(number));

    private static Hash256 Id(ulong number)
    {
        var bytes = new byte[Hash256.Size];
        BitConverter.TryWriteBytes(bytes, unchecked(number * 0x9E3779B97F4A7C15));
        bytes[31] = 0xEE;
        return new Hash256(bytes);
    }

    private static BlockHeader HeaderOn(BlockHeader? parent, uint fork, Transaction[] transactions)
    {
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion,
            parent?.Height.Next() ?? BlockHeight.Genesis,
            parent?.Id ?? BlockId.None,
            new UnixTime(fork),
            Block.RootOf(transactions),
            Hash256.Zero,
            Hash256.Zero);
        return BlockHeader.Create(in fields, default);
    }

    /// <summary>Gossip does not look at signatures.</summary>
    private sealed class NoSigner : ISigner
    {
        public SignatureSchemeTag Scheme => SignatureSchemeTag.Ed25519;

        public ReadOnlyMemory<byte> PublicKey { get; } = new byte[32];

        public byte[] Sign(ReadOnlySpan<byte> message) => new byte[64];
    }
}
