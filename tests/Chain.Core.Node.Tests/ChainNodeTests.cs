using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests;

public sealed class ChainNodeTests
{
    [Fact]
    public async Task CreateDev_Transfer_IsAppliedInTheFirstBlock()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        (DevAccount alice, DevAccount bob) = (node.DevAccounts[0], node.DevAccounts[1]);
        ulong before = await node.BalanceAsync(bob.Address);

        InclusionReceipt receipt = await node.SubmitAndWaitAsync(alice.Transfer(bob.Address, 5)).WaitAsync(TestNodes.Patience);

        Assert.Equal(TransactionStatus.Applied, receipt.Status);
        Assert.Equal(new BlockHeight(1), receipt.Height);
        Assert.Equal(before + 5, await node.BalanceAsync(bob.Address));
    }

    [Fact]
    public async Task CreateDev_ManyTransfersAtOnce_AllAppliedInNonceOrder()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        (DevAccount alice, DevAccount bob) = (node.DevAccounts[0], node.DevAccounts[1]);
        Transaction[] transfers = [.. Enumerable.Range(0, 40).Select(_ => alice.Transfer(bob.Address, 1))];

        InclusionReceipt[] receipts = await Task.WhenAll(transfers.Select(each => node.SubmitAndWaitAsync(each))).WaitAsync(TestNodes.Patience);

        Assert.All(receipts, receipt => Assert.Equal(TransactionStatus.Applied, receipt.Status));
        Assert.Equal(40UL, await node.NextNonceAsync(alice.Address));
        Assert.True(node.Head.Height.Value <= 40);
    }

    [Fact]
    public async Task SubmitAndWait_UsedNonce_IsRefusedWithTheReason()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        (DevAccount alice, DevAccount bob) = (node.DevAccounts[0], node.DevAccounts[1]);
        Transaction transfer = alice.Transfer(bob.Address, 5);
        await node.SubmitAndWaitAsync(transfer).WaitAsync(TestNodes.Patience);

        var refused = await Assert.ThrowsAsync<TransactionRefusedException>(
            () => node.SubmitAndWaitAsync(transfer).WaitAsync(TestNodes.Patience));

        Assert.Equal(nameof(TransactionRefusal.Duplicate), refused.Message);
    }

    [Fact]
    public async Task SubmitAndWait_SignedForAnotherChain_IsRefused()
    {
        ChainDefinition ours = TestNodes.CreateChain();
        await using ChainNode node = await TestNodes.StartAsync(ours, seals: true);

        var refused = await Assert.ThrowsAsync<TransactionRefusedException>(
            () => node.SubmitAndWaitAsync(TestNodes.Pay(TestNodes.CreateChain("another"), 0)).WaitAsync(TestNodes.Patience));

        Assert.Equal(nameof(TransactionRefusal.BadSignature), refused.Message);
        Assert.Equal(BlockHeight.Genesis, node.Head.Height);
    }

    [Fact]
    public async Task Start_WithPeers_SyncsAndRelaysATransactionFromTheFarEnd()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        await using ChainNode sealing = await TestNodes.StartAsync(chain, seals: true);
        for (ulong nonce = 0; nonce < 20; nonce++)
        {
            await sealing.SubmitAndWaitAsync(TestNodes.Pay(chain, nonce)).WaitAsync(TestNodes.Patience);
        }

        await using ChainNode middle = await TestNodes.StartAsync(chain, peers: sealing);
        await using ChainNode far = await TestNodes.StartAsync(chain, peers: middle);
        await TestNodes.WaitForHeightAsync(far, sealing.Head.Height.Value);

        InclusionReceipt receipt = await far.SubmitAndWaitAsync(TestNodes.Pay(chain, 20)).WaitAsync(TestNodes.Patience);

        Assert.Equal(TransactionStatus.Applied, receipt.Status);
        Assert.Equal(21UL, await far.BalanceAsync(TestNodes.Bob));
        Assert.Equal(sealing.Head.Fields.StateRoot, far.Head.Fields.StateRoot);
    }

    [Fact]
    public async Task Start_OnTheStoreOfAnEarlierLife_RecoversHeadAndState()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        string folder = Directory.CreateTempSubdirectory("chain-core-node-").FullName;
        try
        {
            BlockId head;
            await using (ChainNode first = await TestNodes.StartAsync(chain, Open(folder), seals: true))
            {
                await first.SubmitAndWaitAsync(TestNodes.Pay(chain, 0, 7)).WaitAsync(TestNodes.Patience);
                head = first.Head.Id;
            }

            await using ChainNode second = await TestNodes.StartAsync(chain, Open(folder), seals: true);

            Assert.Equal(head, second.Head.Id);
            Assert.Equal(7UL, await second.BalanceAsync(TestNodes.Bob));
            InclusionReceipt next = await second.SubmitAndWaitAsync(TestNodes.Pay(chain, 1, 7)).WaitAsync(TestNodes.Patience);
            Assert.Equal(new BlockHeight(2), next.Height);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Start_OnTheStoreOfAnotherChain_IsRefusedAndNamesBoth()
    {
        ChainDefinition ours = TestNodes.CreateChain();
        ChainDefinition theirs = TestNodes.CreateChain("another");
        var store = new MemoryStore();
        StoreIdentity.OpenOrCreate(store, new StoreIdentity(theirs.Network, theirs.GenesisId, theirs.Consensus.Name));

        var refused = await Assert.ThrowsAsync<StorageException>(() => TestNodes.StartAsync(ours, store));

        Assert.Equal(StorageFault.ForeignData, refused.Fault);
        Assert.Contains(theirs.GenesisId.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(ours.GenesisId.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PeerOfAnotherChain_NeverSaysHello()
    {
        await using ChainNode ours = await TestNodes.StartAsync(TestNodes.CreateChain());
        await using ChainNode theirs = await TestNodes.StartAsync(TestNodes.CreateChain("another"), peers: ours);
        await using ChainNode friend = await TestNodes.StartAsync(TestNodes.CreateChain(), peers: ours);

        await TestNodes.WaitForPeerAsync(friend);
        await TestNodes.WaitForPeerAsync(ours);

        Assert.Equal(0, theirs.PeerCount);
        Assert.Equal(1, ours.PeerCount);
    }

    [Fact]
    public async Task Write_FailingStore_StopsTheNodeAndFailsTheWaiters()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        var store = new FailingStore();
        await using ChainNode node = await TestNodes.StartAsync(chain, store, seals: true);
        store.Fails = true;

        await Assert.ThrowsAsync<StorageException>(
            () => node.SubmitAndWaitAsync(TestNodes.Pay(chain, 0)).WaitAsync(TestNodes.Patience));

        await Assert.ThrowsAsync<StorageException>(() => node.Stopped.WaitAsync(TestNodes.Patience));
    }

    private static RocksDbStore Open(string folder) => RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions());
}
