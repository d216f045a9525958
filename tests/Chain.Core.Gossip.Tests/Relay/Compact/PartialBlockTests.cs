using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Gossip.Tests.Relay.Compact;

[Trait("Fault", "20")]
public sealed class PartialBlockTests
{
    private const ulong CollisionSalt = 1;
    private const ulong CollisionOne = 22_791_759;
    private const ulong CollisionOther = 39_738_529;

    private static readonly Transaction[] Ten = CompactBlocks.Transactions(10);
    private static readonly Block Block = Chains.BlockOn(Chains.Genesis.Header, 0, Ten);

    /// <summary>Whatever part of a block is prefilled and whatever part is at hand: what is missing is said, and with it the block is whole.</summary>
    [Fact]
    public void Match_AnyPartAtHand_NamesTheRestAndIsWholeWithIt() => Gen.Select(Gen.Bool.Array[10], Gen.Bool.Array[10], Gen.Int[0, 30]).Sample(
        (isWhole, isHere, others) =>
        {
            PeerMessage.CompactBlock compact = CompactBlocks.Of(Block, [.. Enumerable.Range(0, 10).Where(i => isWhole[i])]);
            PartialBlock? partial = PartialBlock.Match(compact, [.. CompactBlocks.Transactions(others, 100), .. Ten.Where((_, i) => isHere[i])]);
            int[] lacking = [.. Enumerable.Range(0, 10).Where(i => !isWhole[i] && !isHere[i])];
            return partial is not null
                && partial.Missing.SequenceEqual(lacking)
                && partial.TryFill([.. lacking.Select(i => Ten[i])])
                && partial.TryAssemble(comparesRoots: true, out Block? block)
                && block.Encoded.Span.SequenceEqual(Block.Encoded.Span);
        },
        iter: 500, threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Match_SameShortIdTwice_IsNoCompactBlock()
    {
        PeerMessage.CompactBlock twice = CompactBlocks.Colliding(CompactBlocks.Of(Block), 3, Ten[4]);
        Assert.Null(PartialBlock.Match(twice, Ten));
    }

    /// <summary>A true collision of 48 bits, found by trying forty million transactions against each other: neither is taken.</summary>
    [Fact]
    public void Match_TwoAtHandWithOneShortId_AsksForTheTransaction()
    {
        var key = new ShortIdKey(Block.Id, CollisionSalt);
        Transaction one = Chains.Transaction(CollisionOne);
        Transaction other = Chains.Transaction(CollisionOther);
        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal(key.Of(one.Id), key.Of(other.Id));
        PeerMessage.CompactBlock compact = Under(key, CollisionSalt);
        PeerMessage.CompactBlock ambiguous = CompactBlocks.Colliding(compact, 5, one);

        PartialBlock? partial = PartialBlock.Match(ambiguous, [.. Ten, one, other, one]);

        Assert.Equal([5], partial!.Missing);
    }

    [Fact]
    public void Match_TheSameTransactionTwiceAtHand_IsNoCollision() =>
        Assert.Empty(PartialBlock.Match(CompactBlocks.Of(Block), [.. Ten, .. Ten])!.Missing);

    [Fact]
    public void TryFill_OtherTransactionsThanWereAskedFor_AreRefused()
    {
        PartialBlock Lacking() => PartialBlock.Match(CompactBlocks.Of(Block, 0), Ten[..8])!;
        Assert.Equal([8, 9], Lacking().Missing);

        Assert.True(Lacking().TryFill(Ten[8..]));
        Assert.False(Lacking().TryFill([Ten[9], Ten[8]]));
        Assert.False(Lacking().TryFill([Ten[8]]));
        Assert.False(Lacking().TryFill([Ten[8], Ten[9], Ten[9]]));
        Assert.False(Lacking().TryFill([Ten[8], Chains.Transaction(77)]));
        Assert.False(Lacking().TryFill([]));
    }

    [Fact]
    public void TryAssemble_OtherTransactionWithTheShortId_IsNotTheBlock()
    {
        Transaction other = Chains.Transaction(1000);
        PartialBlock partial = PartialBlock.Match(CompactBlocks.Colliding(CompactBlocks.Of(Block), 2, other), [.. Ten, other])!;

        Assert.Empty(partial.Missing);
        Assert.False(partial.TryAssemble(comparesRoots: true, out _));
    }

    [Fact]
    public void Of_Block_HasNoTwoEqualShortIdsAndASaltOfItsOwn()
    {
        var random = new DeterministicRandom(1);
        PeerMessage.CompactBlock first = CompactForm.Of(Block, [], random)!;
        PeerMessage.CompactBlock second = CompactForm.Of(Block, [], random)!;

        Assert.NotEqual(first.Salt, second.Salt);
        Assert.Equal(10, Enumerable.Range(0, 10).Select(place => ShortIdKey.Read(first.ShortIds.Span, place)).Distinct().Count());
    }

    private static PeerMessage.CompactBlock Under(ShortIdKey key, ulong salt)
    {
        byte[] shortIds = new byte[Ten.Length * ShortIdKey.Size];
        for (int i = 0; i < Ten.Length; i++)
        {
            ShortIdKey.Write(key.Of(Ten[i].Id), shortIds.AsSpan(i * ShortIdKey.Size));
        }

        return new PeerMessage.CompactBlock(Block.Header, salt, shortIds, []);
    }
}
