using System.Runtime.InteropServices;
using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Execution;

public sealed class ReadSendersTests
{
    private const int People = 301; // neither one batch of keys nor whole groups of four

    [Fact]
    public void ReadSenders_ManyOfThem_ChangesNeitherReceiptsNorWhatIsTouchedNorItsOrder()
    {
        var chain = new TestChain(people: People);
        Account[] people = [.. Enumerable.Range(1, People).Select(static i => new Account(i))];
        Transaction[] transactions =
        [
            .. people.Select((from, i) => chain.Transfer(from, people[(7 * i) % People], (ulong)i, nonce: 0)),
            .. people.Take(5).Select((from, i) => chain.Sign(from, chain.Guestbook.Sign($"guest {i}"), nonce: 1)),
            chain.Transfer(new Account(People + 1), people[0], 1, nonce: 0), // who has nothing
        ];

        BlockExecution alone = Apply(chain, chain.Definition, transactions, isReadAhead: false);
        BlockExecution ahead = Apply(chain, chain.Definition, transactions, isReadAhead: true);

        Assert.Equal(People + 5, alone.Receipts.Count);
        Assert.Equal(alone.Receipts.Select(static receipt => Convert.ToHexString(receipt.Encoded.Span)), ahead.Receipts.Select(static receipt => Convert.ToHexString(receipt.Encoded.Span)));
        Assert.Equal(Describe(alone.Changes()), Describe(ahead.Changes()));
        Assert.Equal(alone.Finish().Root, ahead.Finish().Root);
    }

    [Fact]
    public void ReadSenders_FeeModuleThatBreaksDownWithoutAnAnswer_IsAskedAgainLater()
    {
        var chain = new TestChain();
        var definition = new LedgerDefinition([new PricedModule(), chain.Guestbook], new SignatureSchemes(chain.Scheme));
        Ledger.Genesis genesis = Ledger.Genesis.Create(definition, new GenesisSpec(7, "priced", new UnixTime(0), []), [1]);
        chain.Store.Apply(genesis.Writes);
        chain.Head = genesis.Block;

        BlockExecution executed = Apply(chain, definition, [chain.Sign(TestChain.Alice, chain.Guestbook.Sign("hello"), nonce: 0)], isReadAhead: true);

        Assert.Equal(TransactionStatus.Applied, Assert.Single(executed.Receipts).Status);
    }

    [Fact]
    public void Changes_AfterMuchThatWasReadAndOverwritten_HoldsNoMoreThanWhatChanged()
    {
        var chain = new TestChain();
        Account[] strangers = [.. Enumerable.Range(100, 1000).Select(static i => new Account(i))];
        BlockExecution execution = Apply(
            chain,
            chain.Definition,
            [chain.Transfer(TestChain.Alice, TestChain.Bob, 1, nonce: 0), .. strangers.Select(from => chain.Transfer(from, TestChain.Bob, 1, nonce: 0))],
            isReadAhead: true);

        var arrays = new HashSet<byte[]>();
        foreach (KeyedChange change in execution.Changes().SelectMany(static module => module.Changes))
        {
            Assert.True(MemoryMarshal.TryGetArray(change.Key, out ArraySegment<byte> key));
            Assert.True(MemoryMarshal.TryGetArray(change.Value!.Value, out ArraySegment<byte> value));
            arrays.UnionWith([key.Array!, value.Array!]);
        }

        Assert.Single(execution.Receipts);
        Assert.Single(arrays); // of 2,000 keys of strangers, whose transfers are refused, none
    }

    private static BlockExecution Apply(TestChain chain, LedgerDefinition definition, Transaction[] transactions, bool isReadAhead)
    {
        var frame = new BlockFrame(chain.Id, chain.Head.Height.Next(), TestChain.TimeAfter(chain.Head));
        var execution = new BlockExecution(definition, chain.State, in frame);
        if (isReadAhead)
        {
            execution.ReadSenders(transactions);
        }

        foreach (Transaction transaction in transactions)
        {
            execution.TryApply(transaction, ulong.MaxValue);
        }

        return execution;
    }

    private static string Describe(KeyedModuleChanges[] modules)
    {
        var text = new StringBuilder();
        foreach (KeyedModuleChanges module in modules)
        {
            foreach (KeyedChange change in module.Changes)
            {
                string value = change.Value is { } set ? Convert.ToHexString(set.Span) : "removed";
                text.AppendLine($"{module.Module} {Convert.ToHexString(change.Key.Span)} {change.KeyHash} {value}");
            }
        }

        return text.ToString();
    }

    /// <summary>Takes fees for free, but only where genesis set a price.</summary>
    private sealed class PricedModule : Module, IFeeModule
    {
        private readonly StateValue<ulong> _price;

        public PricedModule()
            : base("priced") => _price = Value("price", Codecs.U64);

        public ulong Spendable(IStateReader state, AccountAddress payer) =>
            _price.GetOr(state, 0) == 1 ? ulong.MaxValue : throw new InvalidOperationException("There is no price.");

        public bool TryPay(CallContext context, AccountAddress payer, ulong fee) => Spendable(context, payer) >= fee;

        protected internal override CallResult Initialize(CallContext context, ReadOnlyMemory<byte> data)
        {
            _price.Set(context, 1);
            return CallResult.Success;
        }
    }
}
