using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Modules;

public sealed class ModuleTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void TryVerify_BalanceByAHolderOfTheHeaderOnly_IsProven()
    {
        _chain.Append(_chain.Transfer(TestChain.Alice, TestChain.Bob, 500, nonce: 0));
        BlockHeader header = _chain.Head.Header;
        byte[] sent = _chain.Token.Balances.Prove(_chain.State, TestChain.Bob.Address).Encoded.ToArray();

        // The client has a module of its own, the header and the bytes.
        var token = new TokenModule();
        Assert.True(StateProof.TryDecode(sent, out StateProof? proof));
        Assert.True(token.Balances.TryVerify(proof, header.Fields.StateRoot, TestChain.Bob.Address, out bool isSet, out ulong balance));
        Assert.True(isSet);
        Assert.Equal(TestChain.Begin + 500, balance);
        Assert.False(token.Balances.TryVerify(proof, header.Fields.StateRoot, TestChain.Alice.Address, out _, out _));
        Assert.False(token.Balances.TryVerify(proof, _chain.Genesis.Block.Header.Fields.StateRoot, TestChain.Bob.Address, out _, out _));
    }

    [Fact]
    public void TryVerify_AccountThatHasNothing_IsProvenAbsent()
    {
        AccountAddress nobody = new Account(1234).Address;
        StateProof proof = _chain.Token.Balances.Prove(_chain.State, nobody);

        Assert.True(_chain.Token.Balances.TryVerify(proof, _chain.State.Root, nobody, out bool isSet, out ulong balance));
        Assert.False(isSet);
        Assert.Equal(0UL, balance);
    }

    [Fact]
    public void Accepts_Calls_ByNameAndArguments()
    {
        Assert.True(_chain.Definition.Accepts(_chain.Guestbook.Sign("x")));
        Assert.False(_chain.Definition.Accepts(new Call("guestbook", "burn", default)));
        Assert.False(_chain.Definition.Accepts(new Call("nothing", "sign", default)));
        Assert.False(_chain.Definition.Accepts(new Call("guestbook", "sign", new byte[] { 0xC0 })));
    }

    [Fact]
    public void Constructor_NamesThatClash_Throws()
    {
        Assert.Throws<ArgumentException>(() => new LedgerDefinition([new TokenModule(), new TokenModule()]));
        Assert.Throws<ArgumentException>(() => new Clashing("same", "same", "a", "b"));
        Assert.Throws<ArgumentException>(() => new Clashing("a", "b", "same", "same"));
        Assert.Throws<ArgumentException>(() => new Clashing(new string('n', 33), "b", "c", "d"));
        Assert.Throws<ArgumentException>(() => new LedgerDefinition([new TokenModule()], limits: new LedgerLimits { TransactionCost = 1 }));
    }

    [Fact]
    public void Append_ChainWithoutAFeeModule_TakesOnlyFreeTransactions()
    {
        var guestbook = new GuestbookModule();
        var definition = new LedgerDefinition([guestbook], new Crypto.SignatureSchemes(new FakeScheme()));
        Ledger.Genesis genesis = Ledger.Genesis.Create(definition, new GenesisSpec(1, "free", default, []), []);
        var store = new MemoryReader();
        store.Apply(genesis.Writes);
        Transaction free = Transaction.Sign(new TransactionTerms(0, 0, new BlockHeight(9), guestbook.Sign("x")), genesis.Block.Id, TestChain.Alice);
        Transaction paid = Transaction.Sign(new TransactionTerms(0, 1, new BlockHeight(9), guestbook.Sign("x")), genesis.Block.Id, TestChain.Bob);

        var built = (BlockBuilt)new BuildBlockJob(
            definition, genesis.State.Root, new BlockFrame(genesis.Block.Id, new BlockHeight(1), default), [free, paid], BlockBudget.Of(definition.Limits)).Run(store);

        Assert.Equal([free], built.Transactions);
        Assert.Equal([(paid.Id, TransactionRefusal.FeeUnaffordable)], built.Refused);
    }

    [Fact]
    public void Describe_Token_NamesWhatItDeclares()
    {
        ModuleDescription token = new TokenModule().Describe();

        Assert.Equal("token", token.Name);
        ValueField transfer = Assert.Single(token.Methods);
        Assert.Equal("transfer", transfer.Name);
        Assert.Equal(
            [new ValueField("to", new ValueShape.Address()), new ValueField("amount", new ValueShape.Integer(64))],
            Assert.IsType<ValueShape.Tuple>(transfer.Shape).Fields);
        Assert.Equal(["transferred"], token.Events.Select(static each => each.Name));
        Assert.Equal([new MapDescription("balances", new ValueShape.Address(), new ValueShape.Integer(64))], token.Maps);
        Assert.Equal([new ValueField("supply", new ValueShape.Integer(64))], token.Values);
    }

    private sealed class Clashing : Module
    {
        public Clashing(string map, string value, string first, string second)
            : base("clashing")
        {
            Map(map, Codecs.U64, Codecs.U64);
            Value(value, Codecs.U64);
            Method(first, Codecs.U64, static (_, _) => CallResult.Success);
            Method(second, Codecs.U64, static (_, _) => CallResult.Success);
        }
    }
}
