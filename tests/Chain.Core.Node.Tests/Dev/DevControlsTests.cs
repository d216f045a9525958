using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests.Dev;

/// <summary>What the operator of a dev chain may do: sealing, time, going back, the faucet.</summary>
public sealed class DevControlsTests
{
    [Fact]
    public async Task SealManually_ThenInstantly_TransactionWaitsUntilTheSwitch()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        DevAccount alice = node.DevAccounts[0];
        await node.Dev!.SealManuallyAsync();

        Task admitted = TestNodes.WaitForAsync(node, happened => happened is NodeEvent.TransactionAdmitted);
        Task<InclusionReceipt> sent = node.SubmitAndWaitAsync(alice.Transfer(node.DevAccounts[1].Address, 5));
        await admitted;
        Assert.Equal(0UL, node.Head.Height.Value);
        await node.Dev.SealInstantlyAsync();

        Assert.Equal(1UL, (await sent.WaitAsync(TestNodes.Patience)).Height.Value);
    }

    [Fact]
    public async Task SealEvery_WithoutTransactions_MakesBlocksUntilManual()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();

        await node.Dev!.SealEveryAsync(TimeSpan.FromMilliseconds(10));
        await TestNodes.WaitForHeightAsync(node, 3);
        await node.Dev.SealManuallyAsync();
        await node.Dev.SealAsync();
        ulong height = node.Head.Height.Value;
        await TestNodes.WaitForAsync(node, _ => node.Head.Height.Value > height);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(86_400_001)]
    public async Task SealEvery_OutOfRange_Throws(int milliseconds)
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await node.Dev!.SealEveryAsync(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Fact]
    public async Task SetNextTime_ThenTwoBlocks_FirstHasItAndTheClockRunsOn()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        var time = new UnixTime(2_000_000_000_000);

        await node.Dev!.SetNextTimeAsync(time);
        await SealAsync(node);
        Assert.Equal(time, node.Head.Time);
        await SealAsync(node);

        Assert.InRange(node.Head.Time.Milliseconds, time.Milliseconds + 1, time.Milliseconds + 3_600_000);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await node.Dev.SetNextTimeAsync(time));
    }

    [Fact]
    public async Task AdvanceTime_ByAYear_LaterBlocksAreAYearLater()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        await SealAsync(node);
        ulong before = node.Head.Time.Milliseconds;
        TimeSpan year = TimeSpan.FromDays(365);

        await node.Dev!.AdvanceTimeAsync(year);
        await SealAsync(node);

        Assert.True(node.Head.Time.Milliseconds >= before + year.TotalMilliseconds);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await node.Dev.AdvanceTimeAsync(TimeSpan.FromDays(365 * 8000)));
    }

    [Fact]
    public async Task Revert_ToASnapshot_BringsBackHeadStateAndWhatWaited()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        (DevAccount alice, DevAccount bob) = (node.DevAccounts[0], node.DevAccounts[1]);
        await node.SubmitAndWaitAsync(alice.Transfer(bob.Address, 1));
        await node.Dev!.SealManuallyAsync();
        Transaction waiting = alice.Transfer(bob.Address, 10);
        await node.SubmitAsync(waiting);
        await TestNodes.WaitForAsync(node, happened => happened is NodeEvent.TransactionAdmitted || IsPending(node, waiting));
        DevSnapshot snapshot = await node.Dev.TakeSnapshotAsync();
        ulong balance = await node.BalanceAsync(bob.Address);
        await SealAsync(node, 3);
        Assert.Equal(balance + 10, await node.BalanceAsync(bob.Address));

        var removed = new List<ulong>();
        using IDisposable subscription = node.Subscribe(happened =>
        {
            if (happened is NodeEvent.HeadMoved moved)
            {
                removed.AddRange(moved.Unapplied.Select(block => block.Height.Value));
            }
        });
        Assert.True(await node.Dev.RevertAsync(snapshot.Number));

        Assert.Equal([4UL, 3, 2], removed);
        Assert.Equal(snapshot.Head.Id, node.Head.Id);
        Assert.Equal(balance, await node.BalanceAsync(bob.Address));
        await TestNodes.PollAsync(() => IsPending(node, waiting));
        await SealAsync(node);
        Assert.Equal(balance + 10, await node.BalanceAsync(bob.Address));
    }

    [Fact]
    public async Task Revert_SameTransactionAgain_IsTakenAndAccountsCountAnew()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        (DevAccount alice, DevAccount bob) = (node.DevAccounts[0], node.DevAccounts[1]);
        Transaction first = alice.Transfer(bob.Address, 1);
        await node.SubmitAndWaitAsync(first);
        await node.SubmitAndWaitAsync(alice.Transfer(bob.Address, 2));

        await node.Dev!.RevertToAsync(node.Chain.Genesis.Header);

        Assert.Equal(0UL, node.Head.Height.Value);
        Assert.Equal(1UL, (await node.SubmitAndWaitAsync(first)).Height.Value);
        Assert.Equal(2UL, (await node.SubmitAndWaitAsync(alice.Transfer(bob.Address, 3))).Height.Value);
    }

    [Fact]
    public async Task Revert_SnapshotOfABlockThatIsGone_IsUnknown()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        DevSnapshot first = await node.Dev!.TakeSnapshotAsync();
        await SealAsync(node, 2);
        DevSnapshot second = await node.Dev.TakeSnapshotAsync();

        Assert.True(await node.Dev.RevertAsync(first.Number));

        Assert.False(await node.Dev.RevertAsync(second.Number));
        Assert.True(await node.Dev.RevertAsync(first.Number));
    }

    [Fact]
    public async Task Revert_ThenRestart_TheBlocksDoNotComeBack()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        string folder = Directory.CreateTempSubdirectory("chain-core-dev-").FullName;
        BlockId head;
        await using (ChainNode node = await TestNodes.StartAsync(chain, RocksDbStore.Open(folder, new RocksDbStoreOptions()), seals: true))
        {
            await SealAsync(node, 5);
            await node.Dev!.RevertToAsync(node.Read(each => each.FindHeader(new BlockHeight(2)))!);
            head = node.Head.Id;
        }

        await using (ChainNode again = await TestNodes.StartAsync(chain, RocksDbStore.Open(folder, new RocksDbStoreOptions()), seals: true))
        {
            Assert.Equal(head, again.Head.Id);
            await SealAsync(again);
            Assert.Equal(3UL, again.Head.Height.Value);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Revert_WithPeers_IsRefused()
    {
        ChainDefinition chain = TestNodes.CreateChain();
        await using ChainNode node = await TestNodes.StartAsync(chain, seals: true);
        await using ChainNode follower = await TestNodes.StartAsync(chain, peers: node);
        await TestNodes.WaitForPeerAsync(node);

        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Dev!.RevertToAsync(node.Chain.Genesis.Header));
        Assert.Null(follower.Dev);
    }

    [Fact]
    public async Task Fund_FromTheFaucet_PaysAndKeepsCountBesideItsAccount()
    {
        await using ChainNode node = await ChainNode.CreateDevAsync();
        var stranger = new AccountAddress(Sha256.Hash("stranger"u8));
        await node.SubmitAndWaitAsync(node.DevAccounts[^1].Transfer(stranger, 1));

        await node.Dev!.FundAsync(stranger, 70);
        await TestNodes.WaitForHeightAsync(node, 2);

        Assert.Equal(71UL, await node.BalanceAsync(stranger));
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Dev.FundAsync(stranger, ulong.MaxValue));
    }

    [Fact]
    public async Task Start_WithAFaucetOutsideDevChains_Throws()
    {
        var options = new ChainNodeOptions { Chain = TestNodes.CreateChain(), Store = new MemoryStore(), Faucet = DevKey.All[0].Key };

        await Assert.ThrowsAsync<ArgumentException>(() => ChainNode.StartAsync(options)); // it makes no blocks
    }

    private static bool IsPending(ChainNode node, Transaction transaction) =>
        node.FindPendingAsync(transaction.Id).Wait(TestNodes.Patience) && node.FindPendingAsync(transaction.Id).Result is not null;

    private static async Task SealAsync(ChainNode node, int blocks = 1)
    {
        for (int i = 0; i < blocks; i++)
        {
            ulong height = node.Head.Height.Value + 1;
            await node.Dev!.SealAsync();
            await TestNodes.WaitForHeightAsync(node, height);
        }
    }
}
