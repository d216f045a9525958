using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Divergence;

public sealed class LoadStateChangesJobTests
{
    private static readonly BlockId Block = new(new Hash256(new byte[32]));

    private readonly MemoryReader _store = new();

    [Fact]
    public void Run_EveryBlockOfALongChain_LeadsFromStateToState()
    {
        var chain = new TestChain();
        int whole = 0;
        for (ulong nonce = 0; nonce < 130; nonce++)
        {
            Block parent = chain.Head;
            chain.Append(chain.Transfer(TestChain.Alice, TestChain.Bob, 1 + nonce, nonce), chain.Transfer(TestChain.Bob, TestChain.Carol, 1, nonce));
            Hash256 root = chain.Head.Header.Fields.StateRoot;
            whole += StateRecord.Find(chain.Store, in root)!.IsWhole ? 1 : 0;

            StateChangesLoaded loaded = Load(chain.Store, parent.Header.Fields.StateRoot, root);

            Assert.Equal(StateChangesAnswer.Given, loaded.Answer);
            Assert.True(WireValue.TryDecode(loaded.Changes, out BlockChanges? changes, out WireError error), error.ToString());
            Assert.Equal(root, changes.StateOver(chain.StateOf(parent), in root)!.Root);
            Assert.Equal(loaded.Changes.ToArray(), BlockChanges.Create(StateDeltaOf(loaded.Changes)).Encoded.ToArray());
        }

        Assert.Equal(2, whole); // compared, not read
    }

    [Fact]
    public void Run_BlockThatChangesNothing_HasNoChanges()
    {
        ChainState start = Write(ChainState.CreateEmpty(_store, ["a"]).Apply([Put(1, [1])]));

        Assert.Equal(new byte[] { 0x90 }, Load(_store, start.Root, start.Root).Changes.ToArray());
    }

    [Fact]
    public void Run_StateThatCameAboutAnotherWay_IsCompared()
    {
        ChainState start = Write(ChainState.CreateEmpty(_store, ["a", "b"]).Apply([Put(1, [1])]));
        ChainState away = Write(start.Apply([Put(1, [2]), new ModuleChanges("b", [new StateChange(new byte[] { 5 }, new byte[] { 6 })])]));
        ChainState on = Write(start.Apply([Put(2, [2])]));

        StateChangesLoaded loaded = Load(_store, away.Root, on.Root);

        Assert.True(WireValue.TryDecode(loaded.Changes, out BlockChanges? changes, out _));
        Assert.Equal(on.Root, changes.StateOver(away, on.Root)!.Root);
        Assert.InRange(Load(_store, start.Root, on.Root).Changes.Length, 1, loaded.Changes.Length - 1);
    }

    [Fact]
    public void Run_StateIsNotThere_OrDamaged_IsNotKept()
    {
        ChainState start = Write(ChainState.CreateEmpty(_store, ["a"]).Apply([Put(1, [1])]));
        ChainState next = Write(start.Apply([Put(1, [2])]));
        Hash256 nothing = StateHashes.Key([1]);

        Assert.Equal(StateChangesAnswer.NotKept, Load(_store, start.Root, nothing).Answer);
        Assert.Equal(StateChangesAnswer.NotKept, Load(_store, nothing, next.Root).Answer);
        _store.Set(LedgerKeys.StateChanges(next.Root), [0xff]);
        Assert.Equal(StateChangesAnswer.NotKept, Load(_store, start.Root, next.Root).Answer);
        _store.Remove(LedgerKeys.StateChanges(next.Root));
        Assert.Equal(StateChangesAnswer.NotKept, Load(_store, start.Root, next.Root).Answer);
    }

    [Theory]
    [InlineData(15, StateChangesAnswer.Given)]
    [InlineData(17, StateChangesAnswer.TooMany)]
    public void Run_ChangesOfManyBytes_AreGivenUpToTheLimit(int values, StateChangesAnswer expected)
    {
        ChainState start = Write(ChainState.CreateEmpty(_store, ["a"]).Apply([Put(200, [1])]));
        ChainState other = Write(start.Apply([Put(201, [1])]));
        StateChange[] changes = [.. Enumerable.Range(0, values).Select(i => new StateChange(new[] { (byte)i }, new byte[16 * 1024]))];
        ChainState next = Write(start.Apply([new ModuleChanges("a", changes)]));

        Assert.Equal(expected, Load(_store, start.Root, next.Root).Answer); // read
        Assert.Equal(expected, Load(_store, other.Root, next.Root).Answer); // compared
        Assert.Equal(expected, Load(_store, next.Root, start.Root) is { Answer: StateChangesAnswer.Given } ? expected : default); // removals are small
    }

    [Fact]
    public void Run_StatesInMemory_AnswersTheSame()
    {
        var chain = new TestChain();
        Block parent = chain.Head;
        var executed = chain.Commit(parent, chain.Assemble(parent, [chain.Transfer(TestChain.Alice, TestChain.Bob, 5, 0)]));
        Hash256 before = parent.Header.Fields.StateRoot;

        var warm = (StateChangesLoaded)new LoadStateChangesJob(Block, executed.StateRoot, before) { ParentResident = executed.Resident }.Run(chain.Store);

        Assert.Equal(StateChangesAnswer.Given, warm.Answer);
        Assert.Equal(Load(chain.Store, executed.StateRoot, before).Changes.ToArray(), warm.Changes.ToArray());
    }

    private static StateChangesLoaded Load(MemoryReader store, in Hash256 parent, in Hash256 root) =>
        (StateChangesLoaded)new LoadStateChangesJob(Block, parent, root).Run(store);

    private static KeyedModuleChanges[] StateDeltaOf(ReadOnlyMemory<byte> changes)
    {
        var reader = new WireReader(changes);
        KeyedModuleChanges[] read = StateDelta.TryReadChanges(ref reader)!;
        Array.ForEach(read, static module => Array.Reverse(module.Changes));
        return read;
    }

    private ChainState Write(ChainState state)
    {
        var batch = new WriteBatch();
        ChainState stored = state.Commit(batch);
        _store.Apply(batch);
        return stored;
    }

    private static ModuleChanges Put(byte key, byte[] value) => new("a", [new StateChange(new[] { key }, value)]);
}
