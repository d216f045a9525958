using Chain.Core.Machines;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Ledger.Tests.Divergence;

public sealed class StateDivergenceTests
{
    private static readonly Account Alice = TestChain.Alice;
    private static readonly Account Bob = TestChain.Bob;
    private static readonly Account Carol = TestChain.Carol;

    private readonly TestChain _chain = new();

    [Fact]
    public void Find_OneBalanceIsAnother_NamesModuleKeyAndBothValues()
    {
        ChainState other = _chain.State.Apply([Set(_chain.Token.Balances.KeyOf(Bob.Address), [7])]);

        var found = StateDivergence.Find(_chain.State, other);

        byte[] balance = Codecs.U64.Encode(TestChain.Begin);
        Assert.Equal(new StateDivergence("token", _chain.Token.Balances.KeyOf(Bob.Address), balance, new byte[] { 7 }), found);
    }

    [Fact]
    public void Find_StatesOfTwoStores_AreTheSame() => Assert.Null(StateDivergence.Find(_chain.State, new TestChain().State));

    [Fact]
    public void Find_StatesOfDifferentChains_Throws() =>
        Assert.Throws<ArgumentException>(() => StateDivergence.Find(_chain.State, ChainState.CreateEmpty(_chain.Store, ["token"])));

    [Fact]
    public void Find_RandomChangesOfStoredStates_AreTheFirstInTheOrderOfHashedKeys() =>
        Gen.Select(Gen.Int[0, 40].Array[0, 60], Gen.Int[0, 60].Array[0, 6], Gen.Byte).Sample((kept, changed, value) =>
        {
            var one = new MemoryReader();
            var other = new MemoryReader();
            StateChange[] common = [.. kept.Distinct().Select(key => Change(key, 200))];
            StateChange[] changes = [.. changed.Distinct().Select(key => value % 3 == 0 ? new StateChange(KeyOf(key), null) : Change(key, value))];
            ChainState before = Stored(one, common);
            ChainState after = Stored(other, common, changes);

            var found = StateDivergence.Find(before, after);

            byte[]? expected = common.Concat(changes).Select(static each => each.Key.ToArray())
                .Where(key => !Equals(ValueIn(before, key), ValueIn(after, key)))
                .OrderBy(static key => Convert.ToHexString(Chain.Core.Crypto.Hash256.AsSpan(StateHashes.Key(key))), StringComparer.Ordinal)
                .FirstOrDefault();
            Assert.Equal(expected is null, found is null);
            Assert.True(found is null || found.Key.Span.SequenceEqual(expected));
            Assert.Equal(found is null ? null : ValueIn(before, expected!), Hex(found?.First));
            Assert.Equal(found is null ? null : ValueIn(after, expected!), Hex(found?.Second));
        });

    [Fact]
    public void FindWriter_OfABalance_IsTheLastTransactionThatChangedIt()
    {
        Transaction[] transactions =
        [
            _chain.Transfer(Alice, Bob, 5, nonce: 0),
            _chain.Transfer(Alice, Bob, 6, nonce: 1),
            _chain.Transfer(Alice, Carol, 7, nonce: 2),
        ];
        Block block = _chain.Assemble(_chain.Head, transactions);

        Assert.Equal(transactions[1].Id, WriterOf(_chain.Token.Balances.KeyOf(Bob.Address), block)?.Id);
        Assert.Equal(transactions[2].Id, WriterOf(_chain.Token.Balances.KeyOf(Alice.Address), block)?.Id);
    }

    [Fact]
    public void FindWriter_OfAKeyThatNoTransactionChanged_IsNobody()
    {
        Block block = _chain.Assemble(_chain.Head, [_chain.Transfer(Alice, Bob, 5, nonce: 0)]);

        Assert.Null(WriterOf(_chain.Token.Balances.KeyOf(Carol.Address), block));
        Assert.Null(WriterOf([1, 2, 3], block));
    }

    [Fact]
    public void ValueOf_KeyThatIsNotSet_IsNotTheEmptyValue()
    {
        ChainState state = _chain.State.Apply([Set([1], [])]);
        var execution = new BlockExecution(_chain.Definition, state, new BlockFrame(_chain.Id, new BlockHeight(1), new UnixTime(1)));

        Assert.Null(execution.ValueOf("token", [2]));
        Assert.NotNull(execution.ValueOf("token", [1]));
    }

    private Transaction? WriterOf(byte[] key, Block block) =>
        new StateDivergence("token", key, null, null).FindWriter(_chain.Definition, _chain.Id, _chain.State, block);

    private static ModuleChanges Set(byte[] key, byte[] value) => new("token", [new StateChange(key, value)]);

    /// <summary>A state that is read from its store, page by page.</summary>
    private static ChainState Stored(MemoryReader store, params StateChange[][] steps)
    {
        var state = ChainState.CreateEmpty(store, ["m"]);
        foreach (StateChange[] step in steps)
        {
            var batch = new WriteBatch();
            state = state.Apply([new ModuleChanges("m", step)]).WriteNew(batch);
            store.Apply(batch);
        }

        return ChainState.Open(store, state.Root);
    }

    private static StateChange Change(int key, byte value) => new(KeyOf(key), new byte[] { value });

    private static byte[] KeyOf(int key) => [(byte)key];

    private static string? ValueIn(ChainState state, byte[] key) => state.TryGet("m", key, out ReadOnlyMemory<byte> value) ? Hex(value) : null;

    private static string? Hex(ReadOnlyMemory<byte>? value) => value is { } bytes ? Convert.ToHexString(bytes.Span) : null;
}
