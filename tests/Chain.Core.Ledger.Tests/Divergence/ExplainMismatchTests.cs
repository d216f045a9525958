using Chain.Core.Crypto;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Ledger.Tests.Divergence;

public sealed class ExplainMismatchTests : IDisposable
{
    private readonly MemoryReader _store = new();
    private readonly Ed25519PrivateKey _key = new(new byte[32]);
    private readonly DriftModule _module;
    private readonly LedgerDefinition _ledger;
    private readonly Block _genesis;
    private ulong _drift;
    private ulong _step = 1;

    public ExplainMismatchTests()
    {
        _module = new DriftModule(() => _drift += _step);
        _ledger = new LedgerDefinition([_module]);
        var genesis = Ledger.Genesis.Create(_ledger, new GenesisSpec(1, "drift", new UnixTime(1000), []), []);
        _store.Apply(genesis.Writes);
        _genesis = genesis.Block;
    }

    private ChainState Parent => ChainState.Open(_store, _genesis.Header.Fields.StateRoot);

    [Fact]
    public void Run_TransitionThatDrifts_NamesModuleKeyBothValuesAndTransaction()
    {
        Block block = Build(5, 6);
        StateMismatch mismatch = Execute(block).Mismatch!;
        ulong then = _drift;

        MismatchExplained found = Explain(mismatch);

        Assert.False(found.IsRepeatable);
        Assert.Equal(new StateDivergence("drift", _module.Drifted.Key, Codecs.U64.Encode(then), Codecs.U64.Encode(then + 2)), found.Divergence);
        Assert.Equal(block.Transactions[1].Id, found.Writer);
        Assert.NotEqual(block.Header.Fields.StateRoot, found.Again);
    }

    [Fact]
    public void Run_AnotherNodeExecutesOtherwise_IsRepeatableAndNamesNothing()
    {
        _step = 0;
        Block block = Build(5);
        _drift = 9;

        MismatchExplained found = Explain(Execute(block).Mismatch!);

        Assert.True(found.IsRepeatable);
        Assert.Equal((null, null), (found.Divergence, found.Writer));
    }

    [Fact]
    public void Run_SecondExecutionAgreesByChance_IsFoundByTheThird()
    {
        _step = 0;
        Block block = Build(5);
        _drift = 9;
        int executions = 0;
        StateMismatch mismatch = Execute(block).Mismatch!;
        var ledger = new LedgerDefinition([new DriftModule(() => executions++ == 0 ? 9UL : 10UL)]);

        var found = (MismatchExplained)new ExplainMismatchJob(ledger, _genesis.Id, _genesis.Header.Fields.StateRoot, mismatch).Run(_store);

        Assert.Equal("drift", found.Divergence?.Module);
    }

    [Fact]
    public void Execute_BlockThatIsRight_HasNoMismatch()
    {
        _step = 0;
        BlockExecuted executed = Execute(Build(5));

        Assert.True(executed.IsValid, executed.Reason);
        Assert.Null(executed.Mismatch);
    }

    [Fact]
    public void StateOver_Parent_IsTheStateThatCameOut()
    {
        StateMismatch mismatch = Execute(Build(5)).Mismatch!;
        Assert.True(WireValue.TryDecode(mismatch.Encoded, out StateMismatch? read, out WireError error), error.ToString());

        ChainState? state = read.StateOver(Parent);

        Assert.Equal(mismatch.StateRoot, state!.Root);
        Assert.Equal(mismatch.Block.Id, read.Block.Id);
        Assert.True(state.TryGet("drift", _module.Drifted.Key, out ReadOnlyMemory<byte> value));
        Assert.Equal(Codecs.U64.Encode(_drift), value.ToArray());
        Assert.Null(read.StateOver(Parent.Apply([new ModuleChanges("drift", [new StateChange(new byte[] { 1 }, new byte[] { 2 })])])));
        Assert.Null(read.StateOver(ChainState.CreateEmpty(_store, ["one"])));
    }

    [Fact]
    public void TryDecode_MutatedBytes_RefusesOrReadsTheSameBytes()
    {
        byte[] bytes = Execute(Build(5, 6)).Mismatch!.Encoded.ToArray();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, bytes.Length]).Sample((at, with, length) =>
        {
            byte[] mutated = bytes[..];
            mutated[at] = with;
            mutated = mutated[..length];
            if (WireValue.TryDecode(mutated, out StateMismatch? read, out _))
            {
                Assert.Equal(mutated, read.Encoded.ToArray());
            }
        });
    }

    public void Dispose() => _key.Dispose();

    private Block Build(params ulong[] numbers)
    {
        Transaction[] transactions = [.. numbers.Select((number, nonce) => Transaction.Sign(
            new TransactionTerms((ulong)nonce, 0, new BlockHeight(9), _module.Write(number)), _genesis.Id, _key))];
        Hash256 parent = _genesis.Header.Fields.StateRoot;
        var frame = new BlockFrame(_genesis.Id, new BlockHeight(1), new UnixTime(2000));
        var built = (BlockBuilt)new BuildBlockJob(_ledger, parent, frame, transactions, BlockBudget.Of(_ledger.Limits)).Run(_store);
        Assert.Equal(numbers.Length, built.Transactions.Count);
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion, frame.Height, _genesis.Id, frame.Time, built.TransactionsRoot, built.StateRoot, default);
        return Block.Create(BlockHeader.Create(in fields, []), transactions);
    }

    private BlockExecuted Execute(Block block) =>
        (BlockExecuted)new ExecuteBlockJob(_ledger, _genesis.Id, _genesis.Header.Fields.StateRoot, block).Run(_store);

    private MismatchExplained Explain(StateMismatch mismatch) =>
        (MismatchExplained)new ExplainMismatchJob(_ledger, _genesis.Id, _genesis.Header.Fields.StateRoot, mismatch).Run(_store);
}
