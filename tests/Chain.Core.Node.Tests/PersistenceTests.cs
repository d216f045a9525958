using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.Node.Tests;

/// <summary>What a node still knows when it starts again, and what it answers about the past.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly ChainDefinition _chain = TestNodes.CreateChain();
    private readonly string _folder = Directory.CreateTempSubdirectory("chain-core-node-").FullName;
    private RocksDbStore? _store;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Stop_InOrder_KeepsThePoolForTheNextStart()
    {
        await using (ChainNode first = await StartAsync(_folder))
        {
            await AdmitAsync(first, 5);
        }

        await using ChainNode second = await StartAsync(_folder, seals: true);

        await TestNodes.WaitForAsync(second, _ => PaidOf(second) == 5);
    }

    /// <summary>A copy of the files of a node that runs is what a kill would leave: what was written, and nothing that waits to be.</summary>
    [Fact]
    public async Task Kill_AfterThePoolWasWritten_KeepsItForTheNextStart()
    {
        string killed = Path.Combine(_folder, "killed");
        await using (ChainNode first = await StartAsync(_folder))
        {
            await AdmitAsync(first, 5);
            await TestNodes.PollAsync(() => _store!.Scan(LedgerKeys.PooledPrefix.ToArray()).Count() == 5);
            CopyFiles(Path.Combine(_folder, "chain"), Path.Combine(killed, "chain"));
        }

        await using ChainNode second = await StartAsync(killed, seals: true);

        await TestNodes.WaitForAsync(second, _ => PaidOf(second) == 5);
    }

    [Fact]
    public async Task FindTransaction_AcrossARestart_NamesBlockPlaceAndReceipt()
    {
        Transaction payment = TestNodes.Pay(_chain, 0, 7);
        InclusionReceipt receipt;
        await using (ChainNode first = await StartAsync(_folder, seals: true))
        {
            receipt = await first.SubmitAndWaitAsync(payment).WaitAsync(TestNodes.Patience);
        }

        await using ChainNode node = await StartAsync(_folder);

        FoundTransaction? found = node.FindTransaction(payment.Id);
        Assert.NotNull(found);
        Assert.Equal((receipt.Block, receipt.Height, 0), (found.Block, found.Height, found.Position));
        Assert.Equal((payment.Id, TransactionStatus.Applied), (found.Transaction.Id, found.Receipt.Status));
        Assert.True(node.IsTransactionIndexComplete);
        Assert.Null(node.FindTransaction(TestNodes.Pay(_chain, 9).Id));
    }

    [Fact]
    public async Task FindTransaction_WithoutAnIndex_SaysWhatToSet()
    {
        await using ChainNode node = await TestNodes.StartAsync(_chain);

        var refused = Assert.Throws<InvalidOperationException>(() => node.FindTransaction(TestNodes.Pay(_chain, 0).Id));
        Assert.Contains(nameof(ChainNodeOptions.IndexesTransactions), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueryAt_WithinAndOutsideOfTheWindow_AnswersOrSaysThatItIsGone()
    {
        await using ChainNode node = await StartAsync(_folder, seals: true, window: 10);
        for (ulong nonce = 0; nonce < 160; nonce++)
        {
            await node.SubmitAndWaitAsync(TestNodes.Pay(_chain, nonce)).WaitAsync(TestNodes.Patience);
        }

        ulong head = node.Head.Height.Value;
        ulong ten = node.QueryAt(new BlockHeight(head - 10), static (_, state) => TestNodes.Token.BalanceOf(state, TestNodes.Bob));
        Assert.Equal(head - 10, ten);
        await TestNodes.PollAsync(() => ChainRecords.ReadKeptStates(_store!).Oldest > BlockHeight.Genesis);
        var gone = Assert.Throws<StateUnavailableException>(() => node.QueryAt(new BlockHeight(3), static (_, _) => 0));
        Assert.Contains(nameof(ChainNodeOptions.StateWindow), gone.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => node.QueryAt(new BlockHeight(head + 1), static (_, _) => 0));
    }

    private static ulong PaidOf(ChainNode node) => node.Query(static (_, state) => TestNodes.Token.BalanceOf(state, TestNodes.Bob));

    private static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            using FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream copy = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(copy);
        }
    }

    private async Task AdmitAsync(ChainNode node, int count)
    {
        int admitted = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = node.Subscribe(happened =>
        {
            if (happened is NodeEvent.TransactionAdmitted && ++admitted == count)
            {
                all.TrySetResult();
            }
        });
        for (int nonce = 0; nonce < count; nonce++)
        {
            await node.SubmitAsync(TestNodes.Pay(_chain, (ulong)nonce));
        }

        await all.Task.WaitAsync(TestNodes.Patience);
    }

    private Task<ChainNode> StartAsync(string folder, bool seals = false, int window = 0)
    {
        _store = RocksDbStore.Open(Path.Combine(folder, "chain"), new RocksDbStoreOptions());
        return ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = _chain,
            Store = _store,
            Engine = new Consensus.EngineOptions { ProducesBlocks = seals },
            JobThreads = 1,
            IndexesTransactions = true,
            StateWindow = window,
        });
    }
}
