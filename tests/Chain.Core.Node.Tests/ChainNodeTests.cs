using System.Net;
using Chain.Core.Gossip;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Testing;
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
    [Trait("Fault", "47")]
    public async Task Row47_DiskThatTakesNoMore_StopsTheNodeWithTheCauseAndTheNextStartResumes()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        using var disk = new MemoryStore();
        var store = new FailingStore(disk);
        await using ChainNode node = await TestNodes.StartAsync(chain, store, seals: true);
        store.Fails = true;

        await Assert.ThrowsAsync<StorageException>(
            () => node.SubmitAndWaitAsync(TestNodes.Pay(chain, 0)).WaitAsync(TestNodes.Patience));

        var fault = await Assert.ThrowsAsync<StorageException>(() => node.Stopped.WaitAsync(TestNodes.Patience));
        Assert.Equal("The disk is gone.", fault.Message);
        Assert.Equal(["stopped: The disk is gone."], node.CheckHealth().Reasons);
        Assert.False(node.CheckHealth().IsLive);

        await using ChainNode resumed = await TestNodes.StartAsync(chain, new FailingStore(disk), seals: true);
        InclusionReceipt receipt = await resumed.SubmitAndWaitAsync(TestNodes.Pay(chain, 0)).WaitAsync(TestNodes.Patience);
        Assert.Equal(new BlockHeight(1), receipt.Height);
    }

    /// <summary>Row 8 of the list of faults: a node of the version before and one that already speaks the next.</summary>
    [Fact]
    [Trait("Fault", "8")]
    public async Task Row08_PeerOfTheVersionBefore_StillTalks()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        await using ChainNode older = await TestNodes.StartAsync(chain, seals: true);
        await older.SubmitAndWaitAsync(TestNodes.Pay(chain, 0)).WaitAsync(TestNodes.Patience);
        await using ChainNode newer = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = chain,
            Store = new MemoryStore(),
            Connect = [PeerAddress.From(IPAddress.Loopback, older.ListenEndPoint!.Port)],
            JobThreads = 1,
            Gossip = static options => options with { MaxVersion = GossipOptions.CurrentVersion + 1 },
        });
        await using ChainNode tooNew = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = chain,
            Store = new MemoryStore(),
            Connect = [PeerAddress.From(IPAddress.Loopback, older.ListenEndPoint!.Port)],
            JobThreads = 1,
            Gossip = static options => options with
            {
                MinVersion = GossipOptions.CurrentVersion + 1,
                MaxVersion = GossipOptions.CurrentVersion + 1,
            },
        });

        await TestNodes.WaitForHeightAsync(newer, 1);
        await newer.SubmitAndWaitAsync(TestNodes.Pay(chain, 1)).WaitAsync(TestNodes.Patience);
        await TestNodes.WaitForHeightAsync(older, 2); // it pushes the block before its own head moves

        Assert.Equal(older.Head.Id, newer.Head.Id);
        Assert.Equal(0, tooNew.PeerCount);
    }

    /// <summary>Row 45 of the list of faults, as a node meets it: a flipped bit on the disk is refused, or does not matter.</summary>
    [Fact]
    [Trait("Fault", "45")]
    public async Task Row45_ABitFlippedInTheFilesOfTheStore_IsRefusedOrTheAnswersAreRight()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        string folder = Directory.CreateTempSubdirectory("chain-core-node-").FullName;
        try
        {
            await using (ChainNode node = await TestNodes.StartAsync(chain, Open(folder), seals: true))
            {
                await node.SubmitAndWaitAsync(TestNodes.Pay(chain, 0, 7)).WaitAsync(TestNodes.Patience);
            }

            var random = new DeterministicRandom(45);
            int refused = 0;
            for (int i = 0; i < LongRun.Count(12, 500); i++)
            {
                string copy = Path.Combine(folder, $"copy-{i}");
                CopyDamaged(Path.Combine(folder, "chain"), Path.Combine(copy, "chain"), random);
                refused += await IsRefusedAsync(chain, copy) ? 1 : 0;
            }

            Assert.InRange(refused, 1, int.MaxValue);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Flips one bit in one of the files that hold records.</summary>
    private static void CopyDamaged(string from, string to, DeterministicRandom random)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        string[] holders = [.. Directory.GetFiles(to)
            .Where(file => Path.GetExtension(file) is ".log" or ".sst" && new FileInfo(file).Length > 0)
            .Order(StringComparer.Ordinal)];
        string damaged = holders[random.NextIndex(holders.Length)];
        byte[] bytes = File.ReadAllBytes(damaged);
        bytes[random.NextIndex(bytes.Length)] ^= (byte)(1 << random.NextIndex(8));
        File.WriteAllBytes(damaged, bytes);
    }

    private static async Task<bool> IsRefusedAsync(ChainDefinition chain, string folder)
    {
        try
        {
            await using ChainNode node = await TestNodes.StartAsync(chain, Open(folder));
            ulong balance = await node.BalanceAsync(TestNodes.Bob);
            Assert.Equal((new BlockHeight(1), 7UL), (node.Head.Height, balance));
            return false;
        }
        catch (Exception refusal) when (refusal is StorageException or InvalidDataException or StateUnavailableException)
        {
            Assert.NotEmpty(refusal.Message);
            return true;
        }
    }

    private static RocksDbStore Open(string folder) => RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions());
}
