using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Jobs;

/// <summary>Chains with forks of which old states are pruned, with a crash after any step.</summary>
public sealed class PruneStatesJobTests
{
    private const int People = 60;
    private const int Window = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Run_OverALongChainWithForks_KeepsTheWindowReadableAndTheStoreBounded(int maxDeletes)
    {
        var chain = new PrunedChain(maxDeletes);
        int early = chain.Extend(80);
        int late = chain.Extend(160);

        chain.RequireWindow();
        Assert.InRange(late, 1, (2 * early) - 1);
    }

    [Fact]
    public void Run_Never_LetsTheStoreGrow()
    {
        var chain = new PrunedChain(maxDeletes: 0);
        int early = chain.Extend(80);
        int late = chain.Extend(160);

        chain.RequireWindow();
        Assert.InRange(late, 2 * early, int.MaxValue); // or the test above proves nothing
    }

    [Fact]
    public void Run_NothingStoredWholeSince_LeavesAll()
    {
        var chain = new TestChain();
        chain.Append(chain.Transfer(TestChain.Alice, TestChain.Bob, 1, 0));
        var pruned = (StatesPruned)new PruneStatesJob([chain.Head.Header.Fields.StateRoot], [], [], [], 10).Run(chain.Store);

        Assert.True(pruned.IsDone);
        Assert.True(pruned.Writes.IsEmpty);
    }

    /// <summary>A chain that forks now and then, and prunes after each block.</summary>
    private sealed class PrunedChain(int maxDeletes)
    {
        private readonly TestChain _chain = new(people: People);
        private readonly DeterministicRandom _random = new(44);
        private readonly List<Hash256> _roots = [];
        private readonly List<(int Height, Hash256 Root)> _forks = [];
        private readonly Dictionary<Hash256, ulong> _balances = [];
        private readonly ulong[] _nonces = new ulong[People + 1];
        private int _oldest;

        /// <summary>Appends blocks and prunes after each; answers how many records of states there are when all that can go is gone.</summary>
        public int Extend(int blocks)
        {
            if (_roots.Count == 0)
            {
                _roots.Add(_chain.Head.Header.Fields.StateRoot);
            }

            for (int i = 0; i < blocks; i++)
            {
                Block parent = _chain.Head;
                if (_random.NextIndex(4) == 0)
                {
                    Fork(parent, 1 + _random.NextIndex(18));
                }

                Transaction[] transfers = Transfers();
                Block block = _chain.Assemble(parent, transfers);
                _chain.Commit(parent, block);
                _chain.Head = block;
                _roots.Add(block.Header.Fields.StateRoot);
                _balances[block.Header.Fields.StateRoot] = _chain.BalanceOf(TestChain.Alice);
                Prune(mayCrash: true);
            }

            Prune(mayCrash: false);
            return _chain.Store.Keys.Count(static key => key[0] == (byte)'s');
        }

        public void RequireWindow()
        {
            foreach (Hash256 each in _roots.TakeLast(Window))
            {
                Hash256 root = each;
                ChainState state = ChainState.Open(_chain.Store, in root);
                Assert.Equal(_balances[root], _chain.Token.BalanceOf(state, TestChain.Alice.Address));
                Assert.Equal(People * TestChain.Begin, SumOf(state));
            }
        }

        /// <summary>A branch beside the chain, as long as that; some of its blocks are twins of the chain's.</summary>
        private void Fork(Block parent, int length)
        {
            var nonces = (ulong[])_nonces.Clone();
            for (int i = 0; i < length; i++)
            {
                Block block = _chain.Assemble(parent, Transfers(nonces));
                _chain.Commit(parent, block);
                _forks.Add(((int)block.Height.Value, block.Header.Fields.StateRoot));
                parent = block;
            }
        }

        private Transaction[] Transfers() => Transfers(_nonces);

        private Transaction[] Transfers(ulong[] nonces) => [.. Enumerable.Range(0, _random.NextIndex(8)).Select(_ =>
        {
            int from = 1 + _random.NextIndex(People);
            return _chain.Transfer(new Account(from), new Account(1 + _random.NextIndex(People)), _random.NextBelow(500), nonces[from]++);
        })];

        private void Prune(bool mayCrash)
        {
            int end = _roots.Count - Window;
            if (maxDeletes == 0 || end <= _oldest)
            {
                return;
            }

            bool isDone = false;
            while (!isDone)
            {
                var pruned = (StatesPruned)new PruneStatesJob(
                    _roots[_oldest..(end + 1)],
                    _roots[(end + 1)..],
                    [.. _forks.Where(fork => fork.Height <= end).Select(static fork => fork.Root)],
                    [.. _forks.Where(fork => fork.Height > end).Select(static fork => fork.Root)],
                    maxDeletes).Run(_chain.Store);
                _chain.Store.Apply(pruned.Writes);
                if (_random.NextIndex(16) == 0)
                {
                    RequireWindow();
                }

                isDone = pruned.IsDone;
                _oldest += isDone ? pruned.Base : 0;
                isDone |= mayCrash && _random.NextIndex(50) == 0; // a crash: the rest is found again
            }

            _forks.RemoveAll(fork => fork.Height < _oldest - 40);
        }

        private static ulong SumOf(ChainState state)
        {
            ulong sum = 0;
            byte[] prefix = new WireWriter().String("balances").ToArray();
            foreach ((ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) in state.TreeOf("token")!.Entries())
            {
                if (key.Span.StartsWith(prefix) && Codecs.U64.TryDecode(value, out ulong balance))
                {
                    sum += balance;
                }
            }

            return sum;
        }
    }
}
