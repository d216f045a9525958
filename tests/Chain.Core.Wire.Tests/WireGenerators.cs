using System.Net;
using Chain.Core.Crypto;
using CsCheck;

namespace Chain.Core.Wire.Tests;

/// <summary>Random values of every kind that goes over the wire, with the edges of each field often.</summary>
internal static class WireGenerators
{
    internal static Gen<ulong> Number { get; } = Gen.OneOf(
        Edges<ulong>(0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, uint.MaxValue, 0x1_0000_0000, ulong.MaxValue),
        Gen.ULong);

    internal static Gen<uint> SmallNumber { get; } = Gen.OneOf(Edges<uint>(0, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000, uint.MaxValue), Gen.UInt);

    internal static Gen<Hash256> Hash { get; } = Gen.Byte.Array[Hash256.Size].Select(bytes => new Hash256(bytes));

    internal static Gen<BlockId> BlockId { get; } = Hash.Select(hash => new BlockId(hash));

    internal static Gen<string> Name { get; } = Gen.OneOf(
        Gen.Char['a', 'z'].Array[0, WireLimits.NameBytes].Select(letters => new string(letters)),
        Edges("", "ä€𝄞", new string('x', 31), new string('x', 32)));

    internal static Gen<string> Text { get; } = Gen.OneOf(
        Gen.Char[' ', '~'].Array[0, WireLimits.TextBytes].Select(letters => new string(letters)),
        Edges("", "Grüße 𝄞", new string('x', 31), new string('x', 32), new string('x', WireLimits.TextBytes)));

    internal static Gen<HeaderFields> Fields { get; } = Gen.Select(
        SmallNumber,
        Gen.Select(Number, Number),
        BlockId,
        Gen.Select(Hash, Hash, Hash),
        (version, numbers, parent, roots) => new HeaderFields(
            version, new BlockHeight(numbers.Item1), parent, new UnixTime(numbers.Item2), roots.Item1, roots.Item2, roots.Item3));

    internal static Gen<BlockHeader> Header { get; } = Gen.Select(
        Fields, Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Byte.Array[WireLimits.SealBytes]), (fields, seal) => BlockHeader.Create(fields, seal));

    internal static Gen<Transaction> Transaction { get; } = Gen.Select(
        Gen.Select(Number, Number, Number),
        Gen.Select(Name, Name, Gen.OneOf(Gen.Byte.Array[0, 300], Gen.Byte.Array[WireLimits.ArgumentBytes])),
        Gen.Select(Gen.Byte[1, 255], Gen.Byte.Array[32, 300], Gen.Byte.Array[64, 300]),
        (numbers, call, signer) =>
        {
            var terms = new TransactionTerms(
                numbers.Item1, numbers.Item2, new BlockHeight(numbers.Item3), new Call(call.Item1, call.Item2, call.Item3));
            return Wire.Transaction.Sign(in terms, Samples.Genesis, new FixedSigner((SignatureSchemeTag)signer.Item1, signer.Item2, signer.Item3));
        });

    internal static Gen<Block> Block { get; } =
        Gen.Select(Header, Transaction.Array[0, 20], (header, transactions) => Wire.Block.Create(header, transactions));

    internal static Gen<PeerAddress> Address { get; } = Gen.Select(
        Gen.OneOf(
            Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes).ToString()),
            Gen.Byte.Array[16].Where(bytes => !new IPAddress(bytes).IsIPv4MappedToIPv6).Select(bytes => new IPAddress(bytes).ToString()),
            Gen.Char['a', 'z'].Array[1, 63].Select(letters => new string(letters) + ".example")),
        Gen.Int[1, ushort.MaxValue],
        Samples.Address);

    /// <summary>Places in a block, ascending; the last one is among them now and then.</summary>
    internal static Gen<int[]> Places { get; } = Gen.OneOf(
        Gen.Int[0, WireLimits.BlockTransactions - 1].Array[1, 40].Select(places => places.Distinct().Order().ToArray()),
        Gen.Int[1, 300].Select(count => Enumerable.Range(WireLimits.BlockTransactions - count, count).ToArray()));

    internal static Gen<PeerMessage> Message { get; } = Gen.OneOf(
        Gen.Select(
            Gen.Select(SmallNumber, SmallNumber, SmallNumber, SmallNumber),
            Gen.Select(BlockId, BlockId, Number),
            Text,
            Address.Array[0, 1],
            (numbers, chain, agent, listen) => (PeerMessage)new PeerMessage.Hello(
                numbers.Item1,
                chain.Item1,
                numbers.Item2,
                numbers.Item3,
                (PeerCapabilities)numbers.Item4,
                agent,
                listen.FirstOrDefault(),
                chain.Item2,
                new BlockHeight(chain.Item3))),
        Text.Select(reason => (PeerMessage)new PeerMessage.Goodbye(reason)),
        Number.Select(nonce => (PeerMessage)new PeerMessage.Ping(nonce)),
        Number.Select(nonce => (PeerMessage)new PeerMessage.Pong(nonce)),
        Gen.Const((PeerMessage)new PeerMessage.GetAddresses()),
        Address.Array[0, 40].Select(addresses => (PeerMessage)new PeerMessage.Addresses(addresses)),
        Hash.Array[0, 40].Select(ids => (PeerMessage)new PeerMessage.AnnounceTransactions([.. ids.Select(id => new TransactionId(id))])),
        Hash.Array[0, 40].Select(ids => (PeerMessage)new PeerMessage.RequestTransactions([.. ids.Select(id => new TransactionId(id))])),
        Transaction.Array[0, 5].Select(items => (PeerMessage)new PeerMessage.Transactions(items)),
        Header.Array[0, 5].Select(items => (PeerMessage)new PeerMessage.AnnounceBlocks(items)),
        Header.Array[0, 5].Select(items => (PeerMessage)new PeerMessage.Headers(items)),
        BlockId.Array[0, 40].Select(ids => (PeerMessage)new PeerMessage.RequestBlocks(ids)),
        BlockId.Array[0, 40].Select(ids => (PeerMessage)new PeerMessage.BlocksNotFound(ids)),
        BlockId.Array[0, WireLimits.LocatorIds].Select(ids => (PeerMessage)new PeerMessage.GetHeaders(ids)),
        Block.Select(block => (PeerMessage)new PeerMessage.DeliverBlock(block)),
        Gen.Byte.Array[0, 300].Select(payload => (PeerMessage)new PeerMessage.Consensus(payload)),
        Gen.Select(Header, Number, Gen.Bool.Array[0, 8], Transaction.Array[8]).Select((header, salt, isWhole, transactions) =>
            (PeerMessage)new PeerMessage.CompactBlock(
                header,
                salt,
                Enumerable.Range(0, isWhole.Count(static whole => !whole) * ShortIdKey.Size).Select(i => (byte)(i % 251)).ToArray(),
                [.. Enumerable.Range(0, isWhole.Length).Where(i => isWhole[i]).Select(i => new PrefilledTransaction(i, transactions[i]))])),
        Gen.Select(BlockId, Places).Select((id, places) => (PeerMessage)new PeerMessage.GetBlockTransactions(id, places)),
        Gen.Select(BlockId, Transaction.Array[0, 5]).Select((id, items) => (PeerMessage)new PeerMessage.BlockTransactions(id, items)),
        BlockId.Select(id => (PeerMessage)new PeerMessage.GetCompactBlock(id)),
        Gen.Bool.Select(isWanted => (PeerMessage)new PeerMessage.PushCompactBlocks(isWanted)),
        BlockId.Select(id => (PeerMessage)new PeerMessage.GetStateChanges(id)),
        Gen.Select(BlockId, Gen.Byte.Array[1, 300]).Select((id, changes) =>
            (PeerMessage)new PeerMessage.StateChanges(id, StateChangesAnswer.Given, changes)),
        Gen.Select(BlockId, Gen.Bool).Select((id, isKept) =>
            (PeerMessage)new PeerMessage.StateChanges(id, isKept ? StateChangesAnswer.TooMany : StateChangesAnswer.NotKept, default)));

    private static Gen<T> Edges<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private sealed class FixedSigner(SignatureSchemeTag scheme, byte[] key, byte[] signature) : ISigner
    {
        public SignatureSchemeTag Scheme => scheme;

        public ReadOnlyMemory<byte> PublicKey => key;

        public byte[] Sign(ReadOnlySpan<byte> message) => signature;
    }
}
