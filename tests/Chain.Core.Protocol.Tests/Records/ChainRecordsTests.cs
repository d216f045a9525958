using Chain.Core.Crypto;
using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests.Records;

public sealed class ChainRecordsTests : IDisposable
{
    private readonly DevFixture _fixture = new();
    private readonly MemoryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void WriteBlock_ThenRead_GivesItBack()
    {
        List<Block> blocks = _fixture.Blocks(300);
        Write(batch => blocks.ForEach(block => ChainRecords.WriteBlock(batch, block)));
        Write(batch => ChainRecords.WriteHead(batch, blocks[^1].Id));

        Assert.True(ChainRecords.TryReadHead(_store, out BlockId head));
        Assert.Equal(blocks[^1].Id, head);
        Assert.True(ChainRecords.TryReadBlock(_store, head, out Block? block));
        Assert.True(block.Encoded.Span.SequenceEqual(blocks[^1].Encoded.Span));
        Assert.Equal(blocks.Select(each => each.Id), ChainRecords.ReadHeaders(_store).Select(header => header.Id));
    }

    [Fact]
    public void TryRead_EmptyStore_FindsNothing()
    {
        Assert.False(ChainRecords.TryReadHead(_store, out _));
        Assert.False(ChainRecords.TryReadBlock(_store, _fixture.Definition.GenesisId, out _));
        Assert.Empty(ChainRecords.ReadHeaders(_store));
        Assert.Empty(ChainRecords.ReadEngineRecords(_store));
        Assert.Empty(ChainRecords.ReadSigningMarks(_store));
    }

    [Fact]
    public void ReadEngineRecordsAndSigningMarks_AscendByNumber()
    {
        Write(batch =>
        {
            ChainRecords.WriteEngineRecord(batch, new ConsensusRecord(300, new byte[] { 3 }));
            ChainRecords.WriteEngineRecord(batch, new ConsensusRecord(2, new byte[] { 2 }));
            ChainRecords.WriteSigningMark(batch, new SigningMark(200, ulong.MaxValue, Hash256.Zero));
            ChainRecords.WriteSigningMark(batch, new SigningMark(1, 7, Sha256.Hash([7])));
        });

        Assert.Equal([2UL, 300UL], ChainRecords.ReadEngineRecords(_store).Select(record => record.Key));
        Assert.Equal(
            [new SigningMark(1, 7, Sha256.Hash([7])), new SigningMark(200, ulong.MaxValue, Hash256.Zero)], ChainRecords.ReadSigningMarks(_store));
    }

    [Fact]
    public void TryReadHead_WrongLength_IsCorruptNotEmpty()
    {
        Write(batch => batch.Put("c/head"u8.ToArray(), new byte[31]));

        Assert.Throws<InvalidDataException>(() => ChainRecords.TryReadHead(_store, out _));
    }

    [Fact]
    public void TryReadBlock_EveryFlippedByte_IsRefused()
    {
        Block block = _fixture.Blocks(1)[0];
        Write(batch => ChainRecords.WriteBlock(batch, block));
        byte[] key = Key('b', block);
        for (int i = 0; i < block.Encoded.Length; i++)
        {
            byte[] bytes = block.Encoded.ToArray();
            bytes[i] ^= 1;
            Write(batch => batch.Put(key, bytes));
            Assert.Throws<InvalidDataException>(() => ChainRecords.TryReadBlock(_store, block.Id, out _));
        }

        Write(batch => batch.Put(key, block.Encoded[..^1]));
        Assert.Throws<InvalidDataException>(() => ChainRecords.TryReadBlock(_store, block.Id, out _));
    }

    [Fact]
    public void ReadHeaders_FlippedBytesOrAnotherKey_AreRefused()
    {
        Block block = _fixture.Blocks(1)[0];
        Write(batch => ChainRecords.WriteBlock(batch, block));
        byte[] key = _store.Scan("h"u8.ToArray()).Single().Key.ToArray();
        for (int i = 0; i < block.Header.Encoded.Length; i++)
        {
            byte[] bytes = block.Header.Encoded.ToArray();
            bytes[i] ^= 1;
            Write(batch => batch.Put(key, bytes));
            Assert.Throws<InvalidDataException>(() => ChainRecords.ReadHeaders(_store).ToList());
        }

        Write(batch =>
        {
            batch.Delete(key);
            key[3] ^= 1;
            batch.Put(key.ToArray(), block.Header.Encoded);
        });
        Assert.Throws<InvalidDataException>(() => ChainRecords.ReadHeaders(_store).ToList());
    }

    [Theory]
    [InlineData("w", 9, 7)]
    [InlineData("w", 9, 0)]
    [InlineData("w", 4, 8)]
    [InlineData("e", 3, 8)]
    public void ReadNumbered_WrongLengths_AreRefused(string letter, int keyLength, int valueLength)
    {
        var key = new byte[keyLength];
        key[0] = (byte)letter[0];
        Write(batch => batch.Put(key, new byte[valueLength]));

        Assert.Throws<InvalidDataException>(() => RecoveredChain.Read(_store, _fixture.Definition.Genesis.Header));
    }

    [Fact]
    public void ReadSigningMarks_PurposeThatIsNone_IsRefused()
    {
        Write(batch => batch.Put(new byte[] { (byte)'w', 0, 0, 0, 0, 0, 0, 1, 0 }, new byte[sizeof(ulong) + Hash256.Size]));

        Assert.Throws<InvalidDataException>(() => ChainRecords.ReadSigningMarks(_store));
    }

    private static byte[] Key(char letter, Block block) => [(byte)letter, .. block.Id.Value.ToArray()];

    private void Write(Action<WriteBatch> write) => _store.Write(DevFixture.BatchOf(write), Durability.Durable);
}
