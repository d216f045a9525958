using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Genesis;

public sealed class GenesisTests
{
    private static readonly GenesisSpec Spec = new(
        7, "mars", new UnixTime(1_700_000_000_000), [new ModuleGenesis("token", TokenModule.GenesisData((TestChain.Alice.Address, 5)))]);

    [Fact]
    public void Create_SameSpec_GivesTheSameBlock()
    {
        Assert.Equal(IdOf(Spec), IdOf(Spec with { }));
        Assert.Equal(Create(Spec).Block.Encoded.ToArray(), Create(Spec).Block.Encoded.ToArray());
    }

    [Fact]
    public void Create_AnyDifference_GivesAnotherChain()
    {
        BlockId[] ids =
        [
            IdOf(Spec),
            IdOf(Spec with { Network = 8 }),
            IdOf(Spec with { ChainName = "venus" }),
            IdOf(Spec with { Time = new UnixTime(1) }),
            IdOf(Spec with { Modules = [new ModuleGenesis("token", TokenModule.GenesisData((TestChain.Alice.Address, 6)))] }),
            IdOf(Spec with { Modules = [] }),
            Ledger.Genesis.Create(Definition(new LedgerLimits { MinFee = 1 }), Spec, [1]).Block.Id,
            Ledger.Genesis.Create(Definition(), Spec, [2]).Block.Id,
            Ledger.Genesis.Create(new LedgerDefinition([new TokenModule(), new GuestbookModule()]), Spec, [1]).Block.Id,
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Create_Block_StandsForTheState()
    {
        Ledger.Genesis genesis = Create(Spec);
        var store = new MemoryReader();
        store.Apply(genesis.Writes);
        LedgerDefinition definition = Definition();
        ChainState state = ChainState.Open(store, genesis.Block.Header.Fields.StateRoot);

        Assert.Equal(BlockHeight.Genesis, genesis.Block.Height);
        Assert.Equal(BlockId.None, genesis.Block.Header.Parent);
        Assert.Equal(MerkleTree.EmptyRoot, genesis.Block.Header.Fields.HistoryRoot);
        Assert.Equal(7U, definition.Chain.NetworkOf(state));
        Assert.Equal("mars", definition.Chain.ChainNameOf(state));
        Assert.Equal(definition.RulesHash, definition.Chain.RulesOf(state));
        Assert.Equal(5UL, definition.Get<TokenModule>().BalanceOf(state, TestChain.Alice.Address));
        Assert.Equal(5UL, definition.Get<TokenModule>().SupplyOf(state));
    }

    [Fact]
    public void Create_DataThatIsWrong_Throws()
    {
        AccountAddress alice = TestChain.Alice.Address;
        AssertWrong(new ModuleGenesis("nothing", default));
        AssertWrong(new ModuleGenesis("token", default), new ModuleGenesis("token", default));
        AssertWrong(new ModuleGenesis("token", "hostile"u8.ToArray()));
        AssertWrong(new ModuleGenesis("token", TokenModule.GenesisData((alice, 1), (alice, 2))));
        AssertWrong(new ModuleGenesis("token", TokenModule.GenesisData((alice, ulong.MaxValue), (TestChain.Bob.Address, 1))));
        AssertWrong(new ModuleGenesis("accounts", new byte[1]));
    }

    private static void AssertWrong(params ModuleGenesis[] modules) =>
        Assert.Throws<ArgumentException>(() => Create(Spec with { Modules = modules }));

    private static LedgerDefinition Definition(LedgerLimits? limits = null) => new([new TokenModule()], limits: limits);

    private static Ledger.Genesis Create(GenesisSpec spec) => Ledger.Genesis.Create(Definition(), spec, [1]);

    private static BlockId IdOf(GenesisSpec spec) => Create(spec).Block.Id;
}
