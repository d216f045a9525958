using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Modules.Staking;

/// <summary>A chain in memory with stake: four validators with 100,000 coins each, operated by people 1 to 4.</summary>
internal sealed class StakingChain
{
    public const ulong Wealth = 1_000_000;
    public const ulong Stake = 100_000;
    public const int Founders = 4;
    public const int People = 12;

    private readonly Dictionary<AccountAddress, ulong> _nonces = [];

    public StakingChain(StakingParameters? parameters = null, IReadOnlyList<ulong>? stakes = null, ulong reserve = 0)
    {
        Parameters = parameters ?? new StakingParameters { EpochLength = 5, MinChurn = Wealth };
        Staking = new StakingModule(Parameters, new FakeOffences());
        Definition = new LedgerDefinition([Token, Staking], new SignatureSchemes(new FakeScheme()));
        (AccountAddress, ulong)[] coins = [.. Enumerable.Range(1, People).Select(i => (Person(i).Address, Wealth)), (StakingModule.ReserveAccount, reserve)];
        StakingGenesisValidator[] validators =
            [.. Enumerable.Range(1, Founders).Select(i => new StakingGenesisValidator(
                Person(i).Address, KeyOf(i), new BasisPoints(1_000), stakes?[i - 1] ?? Stake))];
        Genesis = Ledger.Genesis.Create(
            Definition,
            new GenesisSpec(7, "stake", new UnixTime(1_700_000_000_000),
            [
                new ModuleGenesis("token", TokenModule.GenesisData(coins)),
                new ModuleGenesis("staking", StakingModule.GenesisData(validators)),
            ]),
            []);
        Store.Apply(Genesis.Writes);
        Head = Genesis.Block;
    }

    public StakingParameters Parameters { get; }

    public TokenModule Token { get; } = new();

    public StakingModule Staking { get; }

    public LedgerDefinition Definition { get; }

    public Ledger.Genesis Genesis { get; }

    public MemoryReader Store { get; } = new();

    public Block Head { get; private set; }

    public BlockId Id => Genesis.Block.Id;

    public ChainState State => ChainState.Open(Store, Head.Header.Fields.StateRoot);

    /// <summary>The epoch of the next block.</summary>
    public ulong Epoch => Parameters.EpochOf(Head.Height.Next());

    public static Account Person(int number) => new(number);

    /// <summary>The consensus key of a person is another one than that of its account.</summary>
    public static Account Voter(int number) => new(1000 + number);

    public static ValidatorKey KeyOf(int number) => new(FakeScheme.FakeTag, Voter(number).PublicKey);

    public Call Create(int person, ulong stake, int? signer = null)
    {
        Hash256 message = StakingModule.PossessionMessage(Id, Person(person).Address, KeyOf(person));
        return Staking.Create(KeyOf(person), Voter(signer ?? person).Sign(Hash256.AsSpan(in message)), new BasisPoints(500), stake);
    }

    public static ReadOnlyMemory<byte> Offence(int offender, ulong epoch) => FakeOffences.Prove(KeyOf(offender), epoch);

    /// <summary>A block with one call, which must be applied.</summary>
    public Receipt Do(int person, Call call, ulong fee = 0)
    {
        Receipt receipt = Try(person, call, fee);
        Assert.True(receipt.Status == TransactionStatus.Applied, receipt.Reason);
        return receipt;
    }

    /// <summary>A block with one call, which must fail.</summary>
    public string Fail(int person, Call call)
    {
        Receipt receipt = Try(person, call);
        Assert.Equal(TransactionStatus.Failed, receipt.Status);
        return receipt.Reason;
    }

    public Receipt Try(int person, Call call, ulong fee = 0, BlockActivity? activity = null)
    {
        Account sender = Person(person);
        ulong nonce = _nonces.GetValueOrDefault(sender.Address);
        _nonces[sender.Address] = nonce + 1;
        var terms = new TransactionTerms(nonce, fee, new BlockHeight(ulong.MaxValue), call);
        return Append([Transaction.Sign(terms, Id, sender)], activity)[0];
    }

    public IReadOnlyList<Receipt> Append(IReadOnlyList<Transaction> transactions, BlockActivity? activity = null)
    {
        UnixTime time = TestChain.TimeAfter(Head);
        var frame = new BlockFrame(Id, Head.Height.Next(), time, activity);
        var built = (BlockBuilt)new BuildBlockJob(
            Definition, Head.Header.Fields.StateRoot, frame, transactions, BlockBudget.Of(Definition.Limits)).Run(Store);
        var fields = new HeaderFields(
            BlockHeader.CurrentVersion, frame.Height, Head.Id, time, built.TransactionsRoot, built.StateRoot, default);
        Block block = Block.Create(BlockHeader.Create(in fields, []), transactions);
        var executed = (BlockExecuted)new ExecuteBlockJob(Definition, Id, Head.Header.Fields.StateRoot, block, activity).Run(Store);
        Assert.True(executed.IsValid, executed.Reason);
        Store.Apply(executed.Writes);
        Head = block;
        return executed.Receipts;
    }

    /// <summary>Blocks up to the end of the current epoch, in which these validators of the set vote and the first proposes.</summary>
    public void EndEpoch(params int[] voters)
    {
        ulong epoch = Epoch;
        while (Epoch == epoch)
        {
            Append([], voters.Length == 0 ? null : new BlockActivity(Head.Height.Next(), voters[0], voters));
        }
    }

    public void EndEpochs(int count)
    {
        for (int i = 0; i < count; i++)
        {
            EndEpoch();
        }
    }

    public ulong Balance(int person) => Balance(Person(person).Address);

    public ulong Balance(AccountAddress account) => Token.BalanceOf(State, account);

    public ValidatorRecord Record(int person) => Staking.FindValidator(State, Person(person).Address)!;

    public ulong StakeOf(int validator, int delegator) => Staking.StakeOf(State, Person(validator).Address, Person(delegator).Address);

    /// <summary>The set that acts in an epoch, as person → power; the state must still know it.</summary>
    public Dictionary<int, ulong> SetOf(ulong epoch)
    {
        ValidatorSet set = Staking.ValidatorsIn(State).Single(named => named.Epoch == epoch).Validators;
        return Enumerable.Range(1, People)
            .Select(person => (person, validator: set.Validators.SingleOrDefault(each => each.Key.Equals(KeyOf(person)))))
            .Where(static pair => pair.validator is not null)
            .ToDictionary(static pair => pair.person, static pair => pair.validator!.Stake);
    }

    /// <summary>The index in the set of the current epoch.</summary>
    public int IndexOf(int person)
    {
        ulong epoch = Epoch;
        IReadOnlyList<Validator> set = Staking.ValidatorsIn(State).Single(named => named.Epoch == epoch).Validators.Validators;
        return set.ToList().FindIndex(each => each.Key.Equals(KeyOf(person)));
    }

    /// <summary>All coins are where they belong: the sum of all balances, and each pool against what it is for.</summary>
    public void AssertConserved()
    {
        ChainState state = State;
        AccountAddress[] pools =
        [
            TokenModule.FeeAccount, StakingModule.BondedAccount, StakingModule.UnbondingAccount,
            StakingModule.RewardAccount, StakingModule.ReserveAccount, StakingModule.SlashedAccount,
        ];
        ulong sum = 0;
        foreach (AccountAddress account in pools.Concat(Enumerable.Range(1, People).Select(static i => Person(i).Address)))
        {
            sum = checked(sum + Token.BalanceOf(state, account));
        }

        Assert.Equal(Token.SupplyOf(state), sum);
        ulong bonded = 0;
        for (int validator = 1; validator <= People; validator++)
        {
            if (Staking.FindValidator(state, Person(validator).Address) is { } record)
            {
                bonded += record.Bonded;
                ulong worth = 0;
                for (int delegator = 1; delegator <= People; delegator++)
                {
                    worth += Staking.StakeOf(state, Person(validator).Address, Person(delegator).Address);
                }

                Assert.InRange(record.Bonded, worth, worth + (People * (record.Slashes + 1)));
            }
        }

        Assert.Equal(Token.BalanceOf(state, StakingModule.BondedAccount), bonded);
    }
}
