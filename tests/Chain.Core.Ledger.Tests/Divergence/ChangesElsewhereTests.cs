using Chain.Core.Crypto;
using Chain.Core.Wire;
using CsCheck;

namespace Chain.Core.Ledger.Tests.Divergence;

/// <summary>A block of one build of a module, refused by another build that is as deterministic.</summary>
public sealed class ChangesElsewhereTests : IDisposable
{
    private readonly Ed25519PrivateKey _key = new(new byte[32]);

    [Fact]
    public void Run_BuildsDifferByOneNumber_NamesKeyBothValuesAndTheThirdTransaction()
    {
        var there = new Build(new RuleModule(static number => number), _key);
        var here = new Build(new RuleModule(static number => number == 7 ? 8 : number), _key);
        Block block = there.Make(5, 6, 7, 9);

        MismatchExplained found = here.Explain(block, there.ChangesOf(block));

        Assert.True(found.IsRepeatable);
        Assert.Equal(OtherChanges.Proven, found.Other);
        Assert.Equal(new StateDivergence("rule", here.Module.Kept.KeyOf(7), Codecs.U64.Encode(8), Codecs.U64.Encode(7)), found.Divergence);
        Assert.Equal(block.Transactions[2].Id, found.Writer);
        Assert.True(found.IsWrittenHere);
    }

    [Fact]
    public void Run_KeyIsNotWrittenHere_NamesNoTransaction()
    {
        var there = new Build(new RuleModule(static number => number), _key);
        var here = new Build(new RuleModule(static number => number == 7 ? null : number), _key);
        Block block = there.Make(5, 6, 7);

        MismatchExplained found = here.Explain(block, there.ChangesOf(block));

        Assert.Equal(new StateDivergence("rule", here.Module.Kept.KeyOf(7), null, Codecs.U64.Encode(7)), found.Divergence);
        Assert.Equal((null, false), (found.Writer, found.IsWrittenHere));
    }

    [Fact]
    public void Run_KeyIsWrittenAtTheEndOfTheBlock_SaysThatNoTransactionDid()
    {
        var there = new Build(new RuleModule(static number => number, end: 3), _key);
        var here = new Build(new RuleModule(static number => number, end: 4), _key);
        Block block = there.Make(5);

        MismatchExplained found = here.Explain(block, there.ChangesOf(block));

        Assert.Equal(new StateDivergence("rule", here.Module.End.Key, Codecs.U64.Encode(4), Codecs.U64.Encode(3)), found.Divergence);
        Assert.Equal((null, true), (found.Writer, found.IsWrittenHere));
    }

    [Fact]
    public void Run_ChangesThatDoNotGiveTheHeadersRoot_ProveNothing()
    {
        var there = new Build(new RuleModule(static number => number), _key);
        var here = new Build(new RuleModule(static number => number == 7 ? 8 : number), _key);
        Block block = there.Make(5, 7);
        ReadOnlyMemory<byte>[] wrong =
        [
            there.ChangesOf(there.Make(5)),
            new byte[] { 0x90 },
            new byte[] { 0xff },
            new WireWriter().ArrayHeader(1).ArrayHeader(2).UInt64(200).ArrayHeader(2).Bytes([1]).Bytes([2]).ToArray(),
        ];
        foreach (ReadOnlyMemory<byte> changes in wrong)
        {
            MismatchExplained found = here.Explain(block, changes);

            Assert.True(found.IsRepeatable);
            Assert.Equal((OtherChanges.Unproven, null, null), (found.Other, found.Divergence, found.Writer));
        }
    }

    [Fact]
    public void Run_MutatedChanges_ProveNothingAndNeverThrow()
    {
        var there = new Build(new RuleModule(static number => number), _key);
        var here = new Build(new RuleModule(static number => number == 7 ? 8 : number), _key);
        Block block = there.Make(5, 6, 7);
        byte[] right = there.ChangesOf(block).ToArray();
        Gen.Select(Gen.Int[0, right.Length - 1], Gen.Byte, Gen.Int[1, right.Length]).Sample(
            (at, with, length) =>
            {
                byte[] mutated = right[..];
                mutated[at] = with;
                mutated = mutated[..length];
                OtherChanges expected = mutated.AsSpan().SequenceEqual(right) ? OtherChanges.Proven : OtherChanges.Unproven;
                Assert.Equal(expected, here.Explain(block, mutated).Other);
            },
            iter: 2000);
    }

    [Theory]
    [InlineData(OtherChanges.NotAsked)]
    [InlineData(OtherChanges.NoAnswer)]
    [InlineData(OtherChanges.TooMany)]
    public void Run_WithoutChanges_SaysWhyThereAreNone(OtherChanges why)
    {
        var there = new Build(new RuleModule(static number => number), _key);
        var here = new Build(new RuleModule(static number => number + 1), _key);

        MismatchExplained found = here.Explain(there.Make(5), null, why);

        Assert.True(found.IsRepeatable);
        Assert.Equal((why, null), (found.Other, found.Divergence));
    }

    [Fact]
    public void Run_ThisBuildDrifts_IsToldWhateverTheOtherSays()
    {
        ulong drift = 100;
        var there = new Build(new RuleModule(static number => number), _key);
        var here = new Build(new RuleModule(_ => ++drift), _key);
        Block block = there.Make(5);

        MismatchExplained found = here.Explain(block, there.ChangesOf(block));

        Assert.False(found.IsRepeatable);
        Assert.Equal(Codecs.U64.Encode(102), found.Divergence!.Second!.Value.ToArray());
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A chain of one module, of which this is one of its builds.</summary>
    private sealed class Build
    {
        private readonly MemoryReader _store = new();
        private readonly Ed25519PrivateKey _key;
        private readonly LedgerDefinition _ledger;
        private readonly Block _genesis;

        public Build(RuleModule module, Ed25519PrivateKey key)
        {
            Module = module;
            _key = key;
            _ledger = new LedgerDefinition([module]);
            var genesis = Ledger.Genesis.Create(_ledger, new GenesisSpec(1, "builds", new UnixTime(1000), []), []);
            _store.Apply(genesis.Writes);
            _genesis = genesis.Block;
        }

        public RuleModule Module { get; }

        private Hash256 ParentRoot => _genesis.Header.Fields.StateRoot;

        /// <summary>A block on genesis with a transaction for each number, as this build has it.</summary>
        public Block Make(params ulong[] numbers)
        {
            Transaction[] transactions = [.. numbers.Select((number, nonce) => Transaction.Sign(
                new TransactionTerms((ulong)nonce, 0, new BlockHeight(9), Module.Keep(number)), _genesis.Id, _key))];
            var frame = new BlockFrame(_genesis.Id, new BlockHeight(1), new UnixTime(2000));
            var built = (BlockBuilt)new BuildBlockJob(_ledger, ParentRoot, frame, transactions, BlockBudget.Of(_ledger.Limits)).Run(_store);
            var fields = new HeaderFields(
                BlockHeader.CurrentVersion, frame.Height, _genesis.Id, frame.Time, built.TransactionsRoot, built.StateRoot, default);
            return Block.Create(BlockHeader.Create(in fields, []), transactions);
        }

        /// <summary>What a node of this build tells of its own block.</summary>
        public ReadOnlyMemory<byte> ChangesOf(Block block)
        {
            BlockExecuted executed = Execute(block);
            Assert.True(executed.IsValid, executed.Reason);
            _store.Apply(executed.Writes);
            var loaded = (StateChangesLoaded)new LoadStateChangesJob(block.Id, ParentRoot, block.Header.Fields.StateRoot).Run(_store);
            Assert.Equal((block.Id, StateChangesAnswer.Given), (loaded.Block, loaded.Answer));
            return loaded.Changes;
        }

        /// <summary>What a node of this build finds out about a block of the other.</summary>
        public MismatchExplained Explain(Block block, ReadOnlyMemory<byte>? changes, OtherChanges other = default)
        {
            var job = new ExplainMismatchJob(_ledger, _genesis.Id, ParentRoot, Execute(block).Mismatch!) { ChangesElsewhere = changes, Other = other };
            return (MismatchExplained)job.Run(_store);
        }

        private BlockExecuted Execute(Block block) => (BlockExecuted)new ExecuteBlockJob(_ledger, _genesis.Id, ParentRoot, block).Run(_store);
    }
}
