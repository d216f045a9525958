using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Wire;
using static Chain.Core.Simulation.Tests.Chains.Chains;

namespace Chain.Core.Simulation.Tests.Chains;

/// <summary>The audit is what the scenarios rely on, so it must see what is wrong with a disk.</summary>
public class ChainAuditTests
{
    private readonly SimulatedChain _chain = Dev(seed: 9);

    public ChainAuditTests()
    {
        _chain.AddNodes(count: 1, producers: 1);
        var workload = new TransferWorkload(_chain, 9, Seconds(1));
        workload.Start();
        _chain.Simulator.RunFor(Seconds(20));
    }

    private SimulatedNode Node => _chain.Nodes[0];

    [Fact]
    public void Run_SoundDisk_FindsNothing() => Assert.True(ChainAudit.Run(_chain, Node).Included.Count > 10);

    [Fact]
    public void Run_TransactionTwice_Throws()
    {
        Block head = Head();
        Append(head, head.Transactions, head.Header.Fields.StateRoot);

        Assert.Contains("expected is", Assert.Throws<SimulationException>(() => ChainAudit.Run(_chain, Node)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongStateRoot_Throws()
    {
        Block head = Head();
        Append(head, [], head.Header.Parent.Value);

        Assert.Contains("state root", Assert.Throws<SimulationException>(() => ChainAudit.Run(_chain, Node)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingBlock_Throws()
    {
        var batch = new WriteBatch();
        batch.Delete(BlockKey(Head().Header.Parent));
        Node.Disk.Write(batch, Durability.Durable);

        Assert.Contains("missing", Assert.Throws<SimulationException>(() => ChainAudit.Run(_chain, Node)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MutatedBody_Throws()
    {
        Block head = Head();
        byte[] bytes = head.Encoded.ToArray();
        bytes[^10] ^= 1; // in the last signature
        var batch = new WriteBatch();
        batch.Put(BlockKey(head.Id), bytes);
        Node.Disk.Write(batch, Durability.Durable);

        Assert.Throws<SimulationException>(() => ChainAudit.Run(_chain, Node));
    }

    private Block Head() =>
        ChainRecords.TryReadHead(Node.Disk, out BlockId id) && ChainRecords.TryReadBlock(Node.Disk, id, out Block? block)
            ? block
            : throw new InvalidOperationException("there is no head");

    /// <summary>Puts a block on the head, as no correct node would.</summary>
    private void Append(Block head, IReadOnlyList<Transaction> transactions, Hash256 stateRoot)
    {
        HeaderFields fields = head.Header.Fields with
        {
            Height = head.Height.Next(),
            Parent = head.Id,
            TransactionsRoot = Block.RootOf(transactions),
            StateRoot = stateRoot,
        };
        Block block = Block.Create(BlockHeader.Create(in fields, []), transactions);
        var batch = new WriteBatch();
        batch.Put(BlockKey(block.Id), block.Encoded);
        batch.Put("c/head"u8.ToArray(), block.Id.Value.ToArray());
        Node.Disk.Write(batch, Durability.Durable);
    }

    private static byte[] BlockKey(BlockId id) => [(byte)'b', .. id.Value.ToArray()];
}
