using Chain.Core.Machines;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

public sealed class RecoveredChainTests : IDisposable
{
    private readonly DevFixture _fixture = new();
    private readonly MemoryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Read_EmptyStore_HasNoHead()
    {
        var recovered = RecoveredChain.Read(_store, _fixture.Definition.Genesis.Header);

        Assert.Null(recovered.Head);
        Assert.Empty(recovered.Headers);
    }

    [Fact]
    public void Read_StoredChain_HasHeadersWithoutGenesis()
    {
        List<Block> blocks = Store(_fixture.Blocks(3));
        var recovered = RecoveredChain.Read(_store, _fixture.Definition.Genesis.Header);

        Assert.Equal(blocks[^1].Id, recovered.Head);
        Assert.Equal(blocks.Select(block => block.Id), recovered.Headers.Select(header => header.Id));
    }

    [Fact]
    public void Read_ForeignGenesis_Throws()
    {
        Store(_fixture.Blocks(1));
        var foreign = new DevFixture("foreign");

        var failure = Assert.Throws<InvalidDataException>(() => RecoveredChain.Read(_store, foreign.Definition.Genesis.Header));
        Assert.Contains(_fixture.Definition.GenesisId.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GapBelowTheHead_Throws()
    {
        List<Block> blocks = _fixture.Blocks(3);
        Store([blocks[0], blocks[2]]);

        Assert.Throws<InvalidDataException>(() => RecoveredChain.Read(_store, _fixture.Definition.Genesis.Header));
    }

    [Fact]
    public void Read_GapInABranch_LeavesTheBranchOut()
    {
        List<Block> blocks = _fixture.Blocks(3);
        Store([blocks[0], blocks[2]], head: blocks[0].Id);
        var recovered = RecoveredChain.Read(_store, _fixture.Definition.Genesis.Header);

        Assert.Equal([blocks[0].Id], recovered.Headers.Select(header => header.Id));
    }

    [Fact]
    public void Read_HeadThatIsNotStored_Throws()
    {
        Store(_fixture.Blocks(1), head: _fixture.Blocks(2)[1].Id);

        Assert.Throws<InvalidDataException>(() => RecoveredChain.Read(_store, _fixture.Definition.Genesis.Header));
    }

    private List<Block> Store(List<Block> blocks, BlockId? head = null)
    {
        _store.Write(
            DevFixture.BatchOf(batch =>
            {
                ChainRecords.WriteBlock(batch, _fixture.Definition.Genesis);
                blocks.ForEach(block => ChainRecords.WriteBlock(batch, block));
                ChainRecords.WriteHead(batch, head ?? blocks[^1].Id);
            }),
            Durability.Durable);
        return blocks;
    }
}
