using System.Buffers.Binary;
using System.Text;
using Chain.Core.Crypto;

namespace Chain.Core.Wire.Tests.Peers;

public sealed class CompactBlockTests
{
    [Fact]
    public void ShortId_OfATransaction_IsSixBytesOfSipHashUnderTheTaggedHashOfBlockAndSalt()
    {
        const ulong Salt = 0x0102_0304_0506_0708;
        Hash256 tag = Sha256.Hash(Encoding.UTF8.GetBytes("chain-core/short-ids/v1"));
        Hash256 id = Samples.Header.Id.Value;
        byte[] salt = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(salt, Salt);
        Hash256 key = Sha256.Hash([.. tag.ToArray(), .. tag.ToArray(), .. id.ToArray(), .. salt]);
        ulong whole = new SipHash24(key.ToArray().AsSpan(0, 16)).Hash(Samples.Transfer.Id.Value.ToArray());

        Assert.Equal(whole & 0xffff_ffff_ffff, new ShortIdKey(Samples.Header.Id, Salt).Of(Samples.Transfer.Id));
        Assert.NotEqual(new ShortIdKey(Samples.Header.Id, Salt + 1).Of(Samples.Transfer.Id), new ShortIdKey(Samples.Header.Id, Salt).Of(Samples.Transfer.Id));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0x0000_0605_0403_0201UL)]
    [InlineData(0x0000_ffff_ffff_ffffUL)]
    public void ShortId_WrittenAtAPlace_IsReadThere(ulong id)
    {
        byte[] list = new byte[3 * ShortIdKey.Size];
        ShortIdKey.Write(id, list.AsSpan(ShortIdKey.Size));

        Assert.Equal([0UL, id, 0UL], Enumerable.Range(0, 3).Select(place => ShortIdKey.Read(list, place)));
    }

    [Theory]
    [InlineData("00", true)] // the only place after two short ids
    [InlineData("02", true)]
    [InlineData("03", false)] // behind the last
    [InlineData("ccff", false)]
    [InlineData("ceffffffff", false)]
    public void Decode_PlaceOfAPrefilledTransaction_MustBeInTheBlock(string distance, bool isTaken)
    {
        byte[] message =
        [
            (byte)MessageKind.CompactBlock, 0x94, .. Samples.Header.Encoded.Span, 0x07, 0xc4, 12, .. new byte[12],
            0x91, 0x92, .. Convert.FromHexString(distance), .. Samples.Transfer.Encoded.Span,
        ];

        Assert.Equal(isTaken, PeerMessageCodec.TryDecode(message, out _, out _));
    }

    [Fact]
    public void Decode_ShortIdsOfAnOddLength_AreRefused()
    {
        byte[] message = [(byte)MessageKind.CompactBlock, 0x94, .. Samples.Header.Encoded.Span, 0x07, 0xc4, 13, .. new byte[13], 0x90];
        Assert.False(PeerMessageCodec.TryDecode(message, out _, out WireError error));
        Assert.Equal(WireError.OutOfRange, error);
    }

    [Fact]
    public void Decode_MoreTransactionsThanABlockHas_IsRefused()
    {
        byte[] ids = new byte[WireLimits.BlockTransactions * ShortIdKey.Size];
        byte[] head = [(byte)MessageKind.CompactBlock, 0x94, .. Samples.Header.Encoded.Span, 0x07];
        byte[] length = [0xc6, 0x00, 0x03, 0x00, 0x00];
        Assert.True(PeerMessageCodec.TryDecode((byte[])[.. head, .. length, .. ids, 0x90], out PeerMessage? most, out _));
        Assert.Equal(WireLimits.BlockTransactions, Assert.IsType<PeerMessage.CompactBlock>(most).TransactionCount);

        byte[] oneMore = [.. head, .. length, .. ids, 0x91, 0x92, 0x00, .. Samples.Transfer.Encoded.Span];
        Assert.False(PeerMessageCodec.TryDecode(oneMore, out _, out WireError error));
        Assert.Equal(WireError.TooLong, error);
    }

    [Fact]
    public void Encode_RequestForEveryPlace_FitsItsLimit()
    {
        foreach (int step in new[] { 1, 2, 127, 128, 129, 255, 256, 257, 5000 })
        {
            int[] places = [.. Enumerable.Range(0, WireLimits.BlockTransactions).Where(place => place % step == step - 1)];
            byte[] encoded = PeerMessageCodec.Encode(new PeerMessage.GetBlockTransactions(Samples.Header.Id, places));
            Assert.True(PeerMessageCodec.TryDecode(encoded, out PeerMessage? decoded, out _));
            Assert.Equal(places, Assert.IsType<PeerMessage.GetBlockTransactions>(decoded).Indexes);
        }
    }

    [Fact]
    public void Encode_WhatNoDecoderTakes_Throws()
    {
        Assert.Throws<ArgumentException>(() => PeerMessageCodec.Encode(new PeerMessage.GetBlockTransactions(Samples.Header.Id, [])));
        Assert.Throws<ArgumentException>(() => PeerMessageCodec.Encode(new PeerMessage.GetBlockTransactions(Samples.Header.Id, [2, 2])));
        Assert.Throws<ArgumentException>(() => PeerMessageCodec.Encode(new PeerMessage.GetBlockTransactions(Samples.Header.Id, [WireLimits.BlockTransactions])));
        Assert.Throws<ArgumentException>(() => PeerMessageCodec.Encode(
            new PeerMessage.CompactBlock(Samples.Header, 0, new byte[6], [new PrefilledTransaction(2, Samples.Transfer)])));
        Assert.Throws<ArgumentException>(() => PeerMessageCodec.Encode(new PeerMessage.CompactBlock(Samples.Header, 0, new byte[7], [])));
    }

    [Fact]
    public void TryAssemble_TransactionsOfABlock_GivesItsBytes()
    {
        Assert.True(Block.TryAssemble(Samples.Header, Samples.Block.Transactions, out Block? block));
        Assert.Equal(Samples.Block.Encoded.ToArray(), block.Encoded.ToArray());
        Assert.Same(Samples.Block.Transactions[0], block.Transactions[0]);
    }

    [Fact]
    public void TryAssemble_MoreThanTheLargestBlock_IsRefused()
    {
        Transaction[] largest = [.. Enumerable.Repeat(Large(48 * 1024), 85)];
        int left = WireLimits.BlockBytes - Samples.Header.Encoded.Length - 4 - largest.Sum(each => each.Encoded.Length);
        int overhead = Large(20_000).Encoded.Length - 20_000;
        Assert.InRange(left - overhead, 1000, 48 * 1024);

        Assert.True(Block.TryAssemble(Samples.Header, [.. largest, Large(left - overhead)], out Block? block));
        Assert.Equal(WireLimits.BlockBytes, block.Encoded.Length);
        Assert.False(Block.TryAssemble(Samples.Header, [.. largest, Large(left - overhead + 1)], out _));
    }

    private static Transaction Large(int arguments) => Transaction.Assemble(
        new TransactionTerms(1, 1, new BlockHeight(1), new Call("m", "n", new byte[arguments])), SignatureSchemeTag.Ed25519, new byte[32], new byte[64]);
}
