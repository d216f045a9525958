using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.State;

/// <summary>States as blocks leave them in the store: mostly as differences, now and then whole.</summary>
public sealed class StoredStatesTests
{
    private const int People = 40;

    [Fact]
    public void Open_EveryStateOfALongChain_HasItsContent()
    {
        var chain = new TestChain(people: People);
        var states = new List<(Hash256 Root, ulong[] Balances)>();
        foreach (Block block in Extend(chain, blocks: 50, seed: 1))
        {
            chain.Commit(chain.Head, block);
            chain.Head = block;
            states.Add((block.Header.Fields.StateRoot, Balances(chain)));
        }

        foreach ((Hash256 root, ulong[] balances) in states)
        {
            ChainState state = ChainState.Open(chain.Store, in root);
            Assert.Equal(root, state.Root);
            Assert.Equal(balances, Enumerable.Range(1, People).Select(i => chain.Token.BalanceOf(state, new Account(i).Address)));
        }
    }

    [Fact]
    public void Run_WithTheParentInMemory_WritesTheSameBytes()
    {
        var chain = new TestChain(people: People);
        ResidentState? resident = null;
        int deltas = 0;
        foreach (Block block in Extend(chain, blocks: 70, seed: 2))
        {
            Hash256 parent = chain.Head.Header.Fields.StateRoot;
            var cold = (BlockExecuted)new ExecuteBlockJob(chain.Definition, chain.Id, parent, block).Run(chain.Store);
            var warm = (BlockExecuted)new ExecuteBlockJob(chain.Definition, chain.Id, parent, block)
            {
                Resident = resident,
                MaxResidentNodes = 30, // so few that it is trimmed again and again
            }.Run(chain.Store);

            Assert.True(warm.IsValid, warm.Reason);
            Assert.Equal(Bytes(cold.Writes), Bytes(warm.Writes));
            deltas += warm.Writes.Operations.Count == 3 ? 1 : 0; // a difference, what changed, and the receipts
            chain.Store.Apply(warm.Writes);
            chain.Head = block;
            resident = warm.Resident;
            Assert.Equal(block.Header.Fields.StateRoot, resident!.Root);
        }

        Assert.InRange(deltas, 65, 69);
    }

    [Fact]
    public void Run_ParentWarmAndItsPagesGone_NeedsNoStore()
    {
        var chain = new TestChain(people: People);
        Block first = chain.Assemble(chain.Head, [chain.Transfer(TestChain.Alice, TestChain.Bob, 5, 0)]);
        BlockExecuted executed = chain.Commit(chain.Head, first);
        Block second = chain.Assemble(first, [chain.Transfer(TestChain.Alice, TestChain.Bob, 5, 1)]);
        var job = new ExecuteBlockJob(chain.Definition, chain.Id, first.Header.Fields.StateRoot, second) { Resident = executed.Resident };

        var result = (BlockExecuted)job.Run(new MemoryReader());

        Assert.True(result.IsValid, result.Reason);
    }

    [Fact]
    public void Run_ResidentOfAnotherState_IsPassedOver()
    {
        var chain = new TestChain(people: People);
        Block first = chain.Assemble(chain.Head, [chain.Transfer(TestChain.Alice, TestChain.Bob, 5, 0)]);
        Block fork = chain.Assemble(chain.Head, [chain.Transfer(TestChain.Alice, TestChain.Bob, 6, 0)]);
        ResidentState wrong = chain.Commit(chain.Head, fork).Resident!;
        chain.Commit(chain.Head, first);
        Block second = chain.Assemble(first, [chain.Transfer(TestChain.Alice, TestChain.Carol, 5, 1)]);

        var result = (BlockExecuted)new ExecuteBlockJob(chain.Definition, chain.Id, first.Header.Fields.StateRoot, second)
        {
            Resident = wrong,
        }.Run(chain.Store);

        Assert.True(result.IsValid, result.Reason);
    }

    [Fact]
    public void Run_BlockThatChangesNothing_WritesNoState()
    {
        var chain = new TestChain();
        BlockExecuted empty = chain.Commit(chain.Head, chain.Assemble(chain.Head, []));

        Assert.Single(empty.Writes.Operations); // the receipts
    }

    [Fact]
    public void Commit_StateThatComesBack_LeadsToTheStoreAndNotToItself()
    {
        var store = new MemoryReader();
        ChainState start = Write(ChainState.CreateEmpty(store, ["a"]).Apply([Change(1, 1)]), store);
        ChainState away = Write(start.Apply([Change(1, 2)]), store);
        ChainState back = Write(away.Apply([Change(1, 1)]), store);
        ChainState again = Write(back.Apply([Change(1, 2)]), store);

        Assert.Equal(start.Root, back.Root);
        Assert.Equal(away.Root, again.Root);
        foreach (Hash256 root in (Hash256[])[start.Root, away.Root])
        {
            Assert.Equal(root, ChainState.Open(store, in root).Root);
        }
    }

    [Fact]
    public void Open_RecordOfADifferenceDamagedInAnyByte_IsNeverTakenForIt()
    {
        var store = new MemoryReader();
        ChainState start = Write(ChainState.CreateEmpty(store, ["a"]).Apply([Change(1, 1)]), store);
        ChainState next = Write(start.Apply([Change(1, 2)]), store);
        byte[] key = [.. LedgerKeys.StateChangesPrefix, .. next.Root.ToArray()];
        Assert.True(store.TryGet(key, out byte[]? record));
        for (int i = 0; i < record.Length; i++)
        {
            byte[] flipped = [.. record];
            flipped[i] ^= 0x41;
            store.Set(key, flipped);
            Assert.Throws<StateUnavailableException>(() => ChainState.Open(store, next.Root));
        }
    }

    private static IEnumerable<Block> Extend(TestChain chain, int blocks, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var nonces = new ulong[People + 1];
        for (int i = 0; i < blocks; i++)
        {
            var transfers = new List<Transaction>();
            for (int j = random.NextIndex(12); j >= 0; j--)
            {
                int from = 1 + random.NextIndex(People);
                transfers.Add(chain.Transfer(new Account(from), new Account(1 + random.NextIndex(People)), random.NextBelow(1000), nonces[from]++));
            }

            yield return chain.Assemble(chain.Head, transfers);
        }
    }

    private static ulong[] Balances(TestChain chain) => [.. Enumerable.Range(1, People).Select(i => chain.BalanceOf(new Account(i)))];

    private static string[] Bytes(WriteBatch batch) =>
        [.. batch.Operations.Select(static each => $"{Convert.ToHexString(each.Key.Span)} {Convert.ToHexString(each.Value.Span)}")];

    private static ModuleChanges Change(byte key, byte value) => new("a", [new StateChange(new[] { key }, new[] { value })]);

    private static ChainState Write(ChainState state, MemoryReader store)
    {
        var batch = new WriteBatch();
        ChainState stored = state.Commit(batch);
        store.Apply(batch);
        return stored;
    }
}
