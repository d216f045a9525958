using Chain.Core.Crypto;

namespace Chain.Core.Wire.Tests.Chain;

public sealed class BlockTests
{
    [Fact]
    public void Create_SealAtTheLimit_IsKeptAndAboveItThrows()
    {
        HeaderFields fields = Samples.Header.Fields;
        Assert.Equal(WireLimits.SealBytes, BlockHeader.Create(in fields, new byte[WireLimits.SealBytes]).Seal.Length);
        Assert.Throws<ArgumentException>(() => BlockHeader.Create(in fields, new byte[WireLimits.SealBytes + 1]));
    }

    [Fact]
    public void Id_OtherSeal_IsAnotherWhileTheUnsealedHashStays()
    {
        BlockHeader other = BlockHeader.Create(Samples.Header.Fields, "other seal"u8);
        Assert.NotEqual(Samples.Header.Id, other.Id);
        Assert.Equal(BlockHeader.UnsealedHash(Samples.Header.Fields), BlockHeader.UnsealedHash(other.Fields));
    }

    [Fact]
    public void UnsealedHash_AnyFieldChanged_IsAnother()
    {
        HeaderFields fields = Samples.Header.Fields;
        HeaderFields[] changed =
        [
            fields with { Version = 2 },
            fields with { Height = fields.Height.Next() },
            fields with { Parent = BlockId.None },
            fields with { Time = new UnixTime(1) },
            fields with { TransactionsRoot = Hash256.Zero },
            fields with { StateRoot = Hash256.Zero },
            fields with { HistoryRoot = Hash256.Zero },
        ];
        Assert.Equal(changed.Length + 1, changed.Append(fields).Select(each => BlockHeader.UnsealedHash(in each)).Distinct().Count());
    }

    [Fact]
    public void UnsealedHash_HeaderWithAnEmptySeal_IsNotItsId()
    {
        HeaderFields fields = Samples.Header.Fields;
        Assert.NotEqual(BlockHeader.UnsealedHash(in fields), BlockHeader.Create(in fields, []).Id.Value);
    }

    [Fact]
    public void RootOf_NoTransactions_IsTheRootOfTheEmptyTree() =>
        Assert.Equal(MerkleTree.Root([]), Block.RootOf([]));

    [Fact]
    public void RootOf_OtherOrder_IsAnother() =>
        Assert.NotEqual(Block.RootOf([Samples.Transfer, Samples.Greeting]), Block.RootOf([Samples.Greeting, Samples.Transfer]));

    [Fact]
    public void Create_MoreThanTheLimits_Throws()
    {
        Assert.Throws<ArgumentException>(() => Block.Create(Samples.Header, [.. Enumerable.Repeat(Samples.Transfer, WireLimits.BlockTransactions + 1)]));
        Transaction large = Large();
        Assert.Throws<ArgumentException>(() => Block.Create(Samples.Header, [.. Enumerable.Repeat(large, (WireLimits.BlockBytes / large.Encoded.Length) + 1)]));
    }

    [Fact]
    public void Detach_HeaderOfABlock_IsEqualWithBytesOfItsOwn()
    {
        BlockHeader own = Samples.Block.Header.Detach();
        Assert.Same(own, own.Detach());
        Assert.Equal(Samples.Header.Id, own.Id);
        Assert.Equal(Samples.Header.Fields, own.Fields);
        Assert.Equal(Samples.Header.Encoded.ToArray(), own.Encoded.ToArray());
        Assert.Equal("seal"u8.ToArray(), own.Seal.ToArray());
    }

    private static Transaction Large()
    {
        using var key = new Ed25519PrivateKey(new byte[32]);
        var terms = new TransactionTerms(0, 0, new BlockHeight(1), new Call("m", "m", new byte[WireLimits.ArgumentBytes]));
        return Transaction.Sign(in terms, Samples.Genesis, key);
    }
}
