using System.Text;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using CsCheck;

namespace Chain.Core.Ledger.Tests.State;

public sealed class StateTreeTests
{
    private static readonly Gen<(byte Key, byte Value, bool Remove)[][]> Batches =
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Bool).Array[0, 40].Array[1, 8];

    [Fact]
    public void Root_EmptyTree_IsZero() => Assert.True(StateTree.Open(new MemoryReader(), default).Root.IsZero);

    [Fact]
    public void Root_OneLeaf_IsTheHashOfTheLeaf()
    {
        // The definition spelled out: tagged key hash, then RFC 6962 prefixes.
        byte[] tag = Sha256.Hash("chain-core/state-key/v1"u8).ToArray();
        Hash256 keyHash = Sha256.Hash([.. tag, .. tag, .. "a"u8]);
        Hash256 expected = Sha256.Hash([0, .. keyHash.ToArray(), .. Sha256.Hash("1"u8).ToArray()]);

        Assert.Equal(expected, Tree(("a", "1")).Root);
    }

    [Fact]
    public void Root_TwoLeaves_IsTheNodeOverBoth()
    {
        Hash256 a = Tree(("a", "1")).Root;
        StateTree both = Tree(("a", "1"), ("b", "2"));
        Hash256 b = Tree(("b", "2")).Root;
        Hash256 root = SharedTurns("a", "b", a, b);

        Assert.Equal(root, both.Root);
    }

    [Fact]
    public void Descend_FourKeysOfAnyTrees_LeadsToWhereTheyAre() => Gen.Select(Gen.Int[0, 200], Gen.Int[0, 250].Array[4], Gen.Bool).Sample(
        static (size, wanted, isStored) =>
        {
            var store = new MemoryReader();
            StateTree tree = StateTree.Open(store, default).Apply([.. Enumerable.Range(0, size).Select(static i => new StateChange(BitConverter.GetBytes(i), new byte[] { (byte)i }))]);
            if (isStored)
            {
                // Upper levels are unpacked, the rest is in pages.
                var batch = new WriteBatch();
                StoredTree stored = tree.WriteNew(batch).Stored;
                store.Apply(batch);
                tree = StateTree.Open(store, stored).Apply([new StateChange(BitConverter.GetBytes(-1), new byte[] { 1 })]);
            }

            byte[][] keys = Array.ConvertAll(wanted, BitConverter.GetBytes);
            Hash256[] hashes = Array.ConvertAll(keys, static key => StateHashes.Key(key));
            StateNode?[] nodes = [tree.Top, tree.Top, tree.Top, tree.Top];
            int depth = StateTree.Descend(hashes, ref nodes[0], ref nodes[1], ref nodes[2], ref nodes[3]);

            for (int i = 0; i < 4; i++)
            {
                bool isFound = tree.TryGet(nodes[i], depth, in hashes[i], keys[i], out ReadOnlyMemory<byte> value);
                Assert.Equal(wanted[i] < size, isFound);
                Assert.Equal(isFound ? [(byte)wanted[i]] : [], value.ToArray());
            }
        });

    [Fact]
    public void Apply_AnyBatches_AgreesWithASortedDictionary() => Batches.Sample(
        batches =>
        {
            var store = new MemoryReader();
            var model = new SortedDictionary<byte, byte>();
            StateTree tree = StateTree.Open(store, default);
            var history = new List<(StoredTree Stored, (byte, byte)[] Content)>();
            foreach ((byte Key, byte Value, bool Remove)[] batch in batches)
            {
                (byte Key, byte Value, bool Remove)[] once = [.. batch.DistinctBy(static change => change.Key)];
                foreach ((byte key, byte value, bool remove) in once)
                {
                    if (remove)
                    {
                        model.Remove(key);
                    }
                    else
                    {
                        model[key] = value;
                    }
                }

                tree = tree.Apply([.. once.Select(static change => Change(change.Key, change.Remove ? null : change.Value))]);
                tree = StateTree.Open(store, Write(tree, store));
                history.Add((tree.Stored, [.. model.Select(static pair => (pair.Key, pair.Value))]));
            }

            foreach ((StoredTree stored, (byte, byte)[] content) in history)
            {
                StateTree old = StateTree.Open(store, stored);
                Assert.Equal(content, old.Entries().Select(static pair => (pair.Key.Span[0], pair.Value.Span[0])).Order());
                Assert.Equal(stored.Root, Fresh(content).Root);
                Assert.All(content, pair => Assert.True(old.TryGet([pair.Item1], out ReadOnlyMemory<byte> value) && value.Span[0] == pair.Item2));
                Assert.Equal(content.Length, Enumerable.Range(0, 256).Count(key => old.TryGet([(byte)key], out _)));
            }
        },
        iter: 200);

    [Fact]
    public void Apply_InAnyOrderAndAnyGrouping_GivesOneRoot()
    {
        var random = new DeterministicRandom(7);
        StateChange[] changes = [.. Enumerable.Range(0, 500).Select(static i => new StateChange(BitConverter.GetBytes(i), BitConverter.GetBytes(i * 3)))];
        Hash256 expected = StateTree.Open(new MemoryReader(), default).Apply(changes).Root;
        for (int round = 0; round < 5; round++)
        {
            random.Shuffle<StateChange>(changes);
            StateTree tree = StateTree.Open(new MemoryReader(), default);
            for (int start = 0; start < changes.Length;)
            {
                int count = int.Min(1 + random.NextIndex(200), changes.Length - start);
                tree = tree.Apply(changes[start..(start + count)]);
                start += count;
            }

            Assert.Equal(expected, tree.Root);
        }
    }

    [Fact]
    public void Apply_EverythingRemoved_IsEmptyAgain()
    {
        StateChange[] changes = [.. Enumerable.Range(0, 100).Select(static i => new StateChange(BitConverter.GetBytes(i), new byte[3]))];
        StateTree full = StateTree.Open(new MemoryReader(), default).Apply(changes);

        StateTree empty = full.Apply([.. changes.Select(static change => change with { Value = null })]);

        Assert.False(full.Root.IsZero);
        Assert.True(empty.Root.IsZero);
        Assert.Empty(empty.Entries());
    }

    [Fact]
    public void Apply_OnAFork_LeavesTheOtherForkReadable()
    {
        var store = new MemoryReader();
        StateTree trunk = Tree(("a", "1"), ("b", "2"), ("c", "3"));
        StoredTree root = Write(trunk, store);
        StoredTree left = Write(StateTree.Open(store, root).Apply([Text("a", "left")]), store);
        StoredTree right = Write(StateTree.Open(store, root).Apply([Text("a", "right"), Text("b", null)]), store);

        Assert.Equal("left", Read(StateTree.Open(store, left), "a"));
        Assert.Equal("right", Read(StateTree.Open(store, right), "a"));
        Assert.Null(Read(StateTree.Open(store, right), "b"));
        Assert.Equal("1", Read(StateTree.Open(store, root), "a"));
    }

    [Fact]
    public void Apply_TheSameKeyTwice_Throws() =>
        Assert.Throws<ArgumentException>(() => Tree(("a", "1")).Apply([Text("b", "2"), Text("b", "3")]));

    [Fact]
    public void Apply_ValueAboveTheLimit_Throws() =>
        Assert.Throws<ArgumentException>(() => Tree().Apply([new StateChange(new byte[1], new byte[StateLimits.ValueBytes + 1])]));

    [Fact]
    public void WriteNew_OneKeyChangedAmongMany_WritesOnePagePerLevelOnly()
    {
        var store = new MemoryReader();
        StateTree tree = StateTree.Open(store, default).Apply(
            [.. Enumerable.Range(0, 10_000).Select(static i => new StateChange(BitConverter.GetBytes(i), new byte[8]))]);
        StoredTree stored = Write(tree, store);
        var batch = new WriteBatch();

        StateTree.Open(store, stored).Apply([new StateChange(BitConverter.GetBytes(77), new byte[9])]).WriteNew(batch);

        // 16 children a page: log16(10,000) is 3.3, and an unlucky path is one or two pages deeper.
        Assert.InRange(batch.Operations.Count, 3, 6);
    }

    [Fact]
    public void WriteNew_KeysCrowdedOnFewPaths_GoesOnFromMemoryAsFromTheStore()
    {
        var store = new MemoryReader();
        var model = new SortedDictionary<int, byte>();
        var random = new DeterministicRandom(11);
        int[] keys = CrowdedKeys();
        StateTree warm = StateTree.Open(store, default);
        for (int round = 0; round < 150; round++)
        {
            int[] changed = [.. Enumerable.Range(0, 1 + random.NextIndex(4)).Select(_ => keys[random.NextIndex(keys.Length)]).Distinct()];
            StateChange[] changes = [.. changed.Select(key => Crowded(key, random.NextIndex(4) == 0 ? null : (byte)random.NextIndex(256), model))];
            StateTree cold = StateTree.Open(store, warm.Stored).Apply(changes);
            var fromMemory = new WriteBatch();
            var fromStore = new WriteBatch();
            var replaced = new List<StateStub>();
            var replacedCold = new List<StateStub>();

            warm = warm.Apply(changes).WriteNew(fromMemory, "", default, replaced);
            cold.WriteNew(fromStore, "", default, replacedCold);
            store.Apply(fromMemory);
            replaced.ForEach(page => store.Remove(LedgerKeys.StatePage(page.Version, page.Hash)));

            Assert.Equal(fromStore.Operations.Select(Text), fromMemory.Operations.Select(Text));
            Assert.Equal(replacedCold.Select(Record), replaced.Select(Record));
            Assert.Equal(model, Content(warm));
            Assert.Equal(model, Content(StateTree.Open(store, warm.Stored)));
            Assert.All(keys, key => Assert.Equal(model.ContainsKey(key), warm.TryGet(BitConverter.GetBytes(key), out _)));
        }
    }

    [Fact]
    public void WriteNew_AfterManyVersions_WritesWhatOneChangeOfTheStoredTreeWrites()
    {
        var store = new MemoryReader();
        var model = new SortedDictionary<int, byte>();
        var random = new DeterministicRandom(12);
        int[] keys = CrowdedKeys();
        StateTree warm = StateTree.Open(store, default);
        for (int round = 0; round < 100; round++)
        {
            var all = new Dictionary<int, StateChange>();
            StateTree before = warm;
            Dictionary<int, byte> contentBefore = new(model);
            for (int version = 0; version < 5; version++)
            {
                int[] changed = [.. Enumerable.Range(0, 1 + random.NextIndex(6)).Select(_ => keys[random.NextIndex(keys.Length)]).Distinct()];
                foreach (int key in changed)
                {
                    all[key] = Crowded(key, random.NextIndex(12) == 0 ? null : (byte)random.NextIndex(256), model);
                }

                warm = warm.Apply([.. changed.Select(key => all[key])]);
                Assert.Equal(model, Content(warm));
            }

            var fromMemory = new WriteBatch();
            var fromStore = new WriteBatch();
            var replaced = new List<StateStub>();
            var replacedCold = new List<StateStub>();
            StateTree.Open(store, before.Stored).Apply([.. all.Values]).WriteNew(fromStore, "", default, replacedCold);
            warm = warm.WriteNew(fromMemory, "", default, replaced);

            Assert.Equal(fromStore.Operations.Select(Text), fromMemory.Operations.Select(Text));
            Assert.Equal(replacedCold.Select(Record), replaced.Select(Record));
            Assert.Equal(contentBefore, Content(before).ToDictionary());
            Assert.Equal(contentBefore, Content(StateTree.Open(store, before.Stored)).ToDictionary());
            store.Apply(fromMemory);
            replaced.ForEach(page => store.Remove(LedgerKeys.StatePage(page.Version, page.Hash)));
            Assert.Equal(model, Content(StateTree.Open(store, warm.Stored)));
        }
    }

    [Fact]
    public void Apply_ManyVersionsOfManyForks_LeavesEachWithItsContent()
    {
        var store = new MemoryReader();
        var random = new DeterministicRandom(14);
        int[] keys = CrowdedKeys();
        var versions = new List<(StateTree Tree, Hash256 Root, SortedDictionary<int, byte> Content)>();
        StateTree first = StateTree.Open(store, default);
        versions.Add((first, first.Root, []));
        for (int round = 0; round < 300; round++)
        {
            // Mostly from a late version: values change in pages that others hold, some of which are stored.
            int from = versions.Count - 1 - random.NextIndex(int.Min(versions.Count, 6));
            var content = new SortedDictionary<int, byte>(versions[from].Content);
            int[] changed = [.. Enumerable.Range(0, 1 + random.NextIndex(40)).Select(_ => keys[random.NextIndex(keys.Length)]).Distinct()];
            StateTree tree = versions[from].Tree.Apply(
                [.. changed.Select(key => Crowded(key, random.NextIndex(20) == 0 ? null : (byte)random.NextIndex(256), content))]);
            if (random.NextIndex(8) == 0)
            {
                var batch = new WriteBatch();
                tree = tree.WriteNew(batch);
                store.Apply(batch);
            }

            versions.Add((tree, tree.Root, content));
        }

        foreach ((StateTree tree, Hash256 root, SortedDictionary<int, byte> content) in versions)
        {
            Assert.Equal(content, Content(tree));
            Assert.All(keys, key => Assert.Equal(content.TryGetValue(key, out byte value) ? value : null, Value(tree, key)));
            StateTree fresh = StateTree.Open(new MemoryReader(), default).Apply(
                [.. content.Keys.Select(key => Crowded(key, content[key], new SortedDictionary<int, byte>()))]);
            Assert.Equal(fresh.Root, root);
        }
    }

    [Fact]
    public void Apply_ValuesOfSeveralLengthsInPages_GivesTheRootOfTheSameContent()
    {
        var store = new MemoryReader();
        var random = new DeterministicRandom(13);
        var model = new Dictionary<int, byte[]>();
        StateTree tree = StateTree.Open(store, default);
        for (int round = 0; round < 60; round++)
        {
            int[] changed = [.. Enumerable.Range(0, 20).Select(_ => random.NextIndex(400)).Distinct()];
            foreach (int key in changed)
            {
                // Mostly one length; also nothing, lengths around those of a head, and what is hashed alone.
                int length = random.NextIndex(8) == 0 ? new[] { 0, 1, 31, 32, 65, 255, 256, 300 }[random.NextIndex(8)] : 8;
                model[key] = [.. Enumerable.Range(0, length).Select(_ => (byte)random.NextIndex(2))];
            }

            tree = tree.Apply([.. changed.Select(key => new StateChange(BitConverter.GetBytes(key), model[key]))]);
            StateTree fresh = StateTree.Open(store, default).Apply(
                [.. model.Select(static pair => new StateChange(BitConverter.GetBytes(pair.Key), pair.Value))]);

            Assert.Equal(fresh.Root, tree.Root);
            Assert.All(model, pair => Assert.True(
                tree.TryGet(BitConverter.GetBytes(pair.Key), out ReadOnlyMemory<byte> value) && value.Span.SequenceEqual(pair.Value)));
            if (round % 4 == 3)
            {
                var batch = new WriteBatch();
                tree = tree.WriteNew(batch);
                store.Apply(batch);
            }
        }
    }

    [Fact]
    public void Open_RootThatWasNeverWritten_Throws() =>
        Assert.Throws<StateUnavailableException>(() => StateTree.Open(new MemoryReader(), new StoredTree(Sha256.Hash([1]), 1)));

    [Fact]
    public void TryGet_PageMissing_Throws()
    {
        var store = new MemoryReader();
        StateTree tree = StateTree.Open(store, default).Apply(
            [.. Enumerable.Range(0, 1000).Select(static i => new StateChange(BitConverter.GetBytes(i), new byte[8]))]);
        StoredTree stored = Write(tree, store);
        byte[] top = LedgerKeys.StatePage(stored.Version, stored.Root);
        foreach (byte[] key in store.Keys.Where(key => !key.AsSpan().SequenceEqual(top)).ToArray())
        {
            store.Remove(key);
        }

        StateTree opened = StateTree.Open(store, stored);

        Assert.Throws<StateUnavailableException>(() => opened.TryGet(BitConverter.GetBytes(5), out _));
        Assert.True(opened.HasFailed);
    }

    [Fact]
    public void Open_PageDamagedInAnyByte_IsNeverTakenForIt()
    {
        var store = new MemoryReader();
        StateTree tree = StateTree.Open(store, default).Apply(
            [.. Enumerable.Range(0, 20).Select(static i => new StateChange(BitConverter.GetBytes(i), new byte[8]))]);
        StoredTree stored = Write(tree, store);
        byte[] key = LedgerKeys.StatePage(stored.Version, stored.Root);
        Assert.True(store.TryGet(key, out byte[]? page));
        for (int i = 0; i < page.Length; i++)
        {
            store.Set(key, page[..i]);
            Assert.Throws<StateUnavailableException>(() => StateTree.Open(store, stored));
            byte[] flipped = [.. page];
            flipped[i] ^= 0x41;
            store.Set(key, flipped);
            Assert.Throws<StateUnavailableException>(() => StateTree.Open(store, stored).Entries().Count());
        }
    }

    internal static StateTree Tree(params (string Key, string Value)[] pairs) =>
        StateTree.Open(new MemoryReader(), default).Apply([.. pairs.Select(static pair => Text(pair.Key, pair.Value))]);

    private static Hash256 SharedTurns(string first, string second, Hash256 firstLeaf, Hash256 secondLeaf)
    {
        Hash256 a = StateHashes.Key(Encoding.UTF8.GetBytes(first));
        Hash256 b = StateHashes.Key(Encoding.UTF8.GetBytes(second));
        int depth = 0;
        while (StateHashes.TurnsRight(in a, depth) == StateHashes.TurnsRight(in b, depth))
        {
            depth++;
        }

        Hash256 node = StateHashes.TurnsRight(in a, depth)
            ? MerkleTree.NodeHash(in secondLeaf, in firstLeaf)
            : MerkleTree.NodeHash(in firstLeaf, in secondLeaf);
        for (depth--; depth >= 0; depth--)
        {
            node = StateHashes.TurnsRight(in a, depth)
                ? MerkleTree.NodeHash(Hash256.Zero, in node)
                : MerkleTree.NodeHash(in node, Hash256.Zero);
        }

        return node;
    }

    /// <summary>Some keys whose paths share 12 turns, two or three that share 8, and a few others: pages of many shapes.</summary>
    private static int[] CrowdedKeys() =>
        [.. Enumerable.Range(0, 60_000).Where(static key =>
        {
            ReadOnlySpan<byte> path = StateHashes.Key(BitConverter.GetBytes(key)).ToArray();
            return path[0] == 0xAB ? path[1] >> 4 == 0xC || key % 96 == 0 : key < 20;
        })];

    private static StateChange Crowded(int key, byte? value, SortedDictionary<int, byte> model)
    {
        if (value is null)
        {
            model.Remove(key);
            return new StateChange(BitConverter.GetBytes(key), null);
        }

        model[key] = value.Value;
        return new StateChange(BitConverter.GetBytes(key), Enumerable.Repeat(value.Value, 32).ToArray());
    }

    private static SortedDictionary<int, byte> Content(StateTree tree) =>
        new(tree.Entries().ToDictionary(static pair => BitConverter.ToInt32(pair.Key.Span), static pair => pair.Value.Span[0]));

    private static (UInt128 Version, Hash256 Hash) Record(StateStub page) => (page.Version, page.Hash);

    private static byte? Value(StateTree tree, int key) =>
        tree.TryGet(BitConverter.GetBytes(key), out ReadOnlyMemory<byte> value) ? value.Span[0] : null;

    private static string Text(WriteOperation operation) =>
        $"{Convert.ToHexString(operation.Key.Span)} {Convert.ToHexString(operation.Value.Span)}";

    private static StateTree Fresh((byte Key, byte Value)[] content) =>
        StateTree.Open(new MemoryReader(), default).Apply([.. content.Select(static pair => Change(pair.Key, pair.Value))]);

    private static StateChange Change(byte key, byte? value) =>
        new(new[] { key }, value is { } present ? new ReadOnlyMemory<byte>([present]) : default(ReadOnlyMemory<byte>?));

    private static StateChange Text(string key, string? value) =>
        new(Encoding.UTF8.GetBytes(key), value is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value)));

    private static string? Read(StateTree tree, string key) =>
        tree.TryGet(Encoding.UTF8.GetBytes(key), out ReadOnlyMemory<byte> value) ? Encoding.UTF8.GetString(value.Span) : null;

    private static StoredTree Write(StateTree tree, MemoryReader store)
    {
        var batch = new WriteBatch();
        StoredTree stored = tree.WriteNew(batch).Stored;
        store.Apply(batch);
        return stored;
    }
}
