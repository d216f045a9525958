using Chain.Core.Crypto;

namespace Chain.Core.Ledger;

/// <summary>What a block changed so far, over the state of its parent, with an undo journal.</summary>
internal sealed class StateOverlay : IStateReader
{
    private readonly ChainState _parent;
    private readonly ModuleOverlay[] _modules;
    private readonly CopiedBytes _copies = new(); // of all that was asked for and set, most of which nobody needs after the block
    private readonly Dictionary<string, ModuleOverlay> _byName = new(StringComparer.Ordinal);
    private readonly Stack<Undo> _journal = new();

    public StateOverlay(ChainState parent)
    {
        _parent = parent;
        var comparer = new StateKeyComparer(parent.Root);
        _modules = [.. parent.Modules.Select((name, index) => new ModuleOverlay(name, index, parent.TreeOf(name)!, comparer, _copies))];
        foreach (ModuleOverlay module in _modules)
        {
            _byName.Add(module.Name, module);
        }
    }

    /// <summary>Whether a read of the store failed; what was thrown then is the store's fault.</summary>
    public bool HasFailed => _parent.HasFailed;

    public bool TryGet(string module, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        ReadOnlyMemory<byte>? current = Find(module)?.Touch(key).Current;
        value = current ?? default;
        return current is not null;
    }

    /// <summary>Prepares for about so many keys of each module that is asked for any.</summary>
    public void Expect(int keys)
    {
        foreach (ModuleOverlay module in _modules)
        {
            module.ExpectedKeys = keys;
        }
    }

    /// <summary>Reads keys of which some will be asked for, four side by side. None of them counts as touched.</summary>
    public void Read(AskedKeys asked)
    {
        ReadOnlySpan<Hash256> hashes = asked.Hash();
        int next = 0;
        for (; next + 4 <= hashes.Length; next += 4)
        {
            StateNode? a = TopFor(asked, next);
            StateNode? b = TopFor(asked, next + 1);
            StateNode? c = TopFor(asked, next + 2);
            StateNode? d = TopFor(asked, next + 3);
            int depth = StateTree.Descend(hashes.Slice(next, 4), ref a, ref b, ref c, ref d);
            Read(asked, next, in hashes[next], a, depth);
            Read(asked, next + 1, in hashes[next + 1], b, depth);
            Read(asked, next + 2, in hashes[next + 2], c, depth);
            Read(asked, next + 3, in hashes[next + 3], d, depth);
        }

        for (; next < hashes.Length; next++)
        {
            Read(asked, next, in hashes[next], TopFor(asked, next), 0);
        }
    }

    /// <summary>Sets a key to a copy of <paramref name="value"/>.</summary>
    public void Set(string module, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Change(module, key, _copies.Copy(value));

    /// <summary>Removes a key; one that is not set is no error.</summary>
    public void Remove(string module, ReadOnlySpan<byte> key) => Change(module, key, null);

    /// <summary>A point to return to.</summary>
    public int Mark() => _journal.Count;

    /// <summary>Undoes everything since <paramref name="mark"/>.</summary>
    public void RollBack(int mark)
    {
        while (_journal.Count > mark)
        {
            Undo undo = _journal.Pop();
            undo.Entry.Current = undo.Before;
        }
    }

    /// <summary>Makes everything so far final: there is no returning before this point.</summary>
    public void Keep() => _journal.Clear();

    /// <summary>The state after everything that was not undone.</summary>
    public ChainState ToState() => _parent.Apply(Changes());

    /// <summary>All that differs from the parent's state.</summary>
    public KeyedModuleChanges[] Changes()
    {
        var kept = new CopiedBytes();
        var changes = new List<KeyedModuleChanges>(_modules.Length);
        foreach (ModuleOverlay module in _modules)
        {
            KeyedChange[] changed = module.Changes(kept);
            if (changed.Length != 0)
            {
                changes.Add(new KeyedModuleChanges(module.Index, changed));
            }
        }

        return [.. changes];
    }

    private void Change(string module, ReadOnlySpan<byte> key, ReadOnlyMemory<byte>? value)
    {
        ModuleOverlay overlay = Find(module) ?? throw new InvalidOperationException($"The chain has no module {module}.");
        StateEntry entry = overlay.Touch(key);
        _journal.Push(new Undo(entry, entry.Current));
        entry.Current = value;
    }

    private StateNode? TopFor(AskedKeys asked, int index) => Find(asked.ModuleOf(index))?.Tree.Top;

    private void Read(AskedKeys asked, int index, in Hash256 keyHash, StateNode? from, int depth) =>
        Find(asked.ModuleOf(index))?.Read(asked.KeyOf(index), in keyHash, from, depth);

    private ModuleOverlay? Find(string module)
    {
        // Maps of one module ask with one and the same string.
        foreach (ModuleOverlay each in _modules)
        {
            if (ReferenceEquals(each.AskedBy, module))
            {
                return each;
            }
        }

        ModuleOverlay? found = _byName.GetValueOrDefault(module);
        if (found is not null)
        {
            found.AskedBy = module;
        }

        return found;
    }

    private readonly record struct Undo(StateEntry Entry, ReadOnlyMemory<byte>? Before);

    /// <summary>A touched key; what becomes of it is a change once the block is done.</summary>
    private sealed class StateEntry(in Hash256 keyHash, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte>? original)
        : KeyedChange(in keyHash, key, original)
    {
        private readonly ReadOnlyMemory<byte>? _original = original;

        /// <summary>Whether it was asked for, and not only read ahead.</summary>
        public bool IsTouched { get; set; }

        public ReadOnlyMemory<byte>? Current
        {
            get => Value;
            set => Value = value;
        }

        public bool IsChanged => _original is null != Current is null
            || (_original is { } before && !before.Span.SequenceEqual(Current!.Value.Span));

        /// <summary>Lets go of the array of everything that the block asked for: the state keeps no more than what changed.</summary>
        public void Keep(CopiedBytes kept)
        {
            Key = kept.Copy(Key);
            if (Value is { } set)
            {
                Value = kept.Copy(set);
            }
        }
    }

    /// <summary>The touched keys of one module, in the order in which they were touched first.</summary>
    private sealed class ModuleOverlay
    {
        private readonly CopiedBytes _copies;
        private readonly List<StateEntry> _entries = [];
        private readonly HashSet<KeyedChange> _byKey;
        private readonly HashSet<KeyedChange>.AlternateLookup<ReadOnlySpan<byte>> _byKeyBytes;
        private StateEntry? _last;

        public ModuleOverlay(string name, int index, StateTree tree, StateKeyComparer comparer, CopiedBytes copies)
        {
            Name = name;
            Index = index;
            Tree = tree;
            _copies = copies;
            _byKey = new HashSet<KeyedChange>(comparer);
            _byKeyBytes = _byKey.GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public string Name { get; }

        /// <summary>The parent's.</summary>
        public StateTree Tree { get; }

        /// <summary>The string that asked for this module last.</summary>
        public string? AskedBy { get; set; }

        /// <summary>The place of the module in the state.</summary>
        public int Index { get; }

        /// <summary>About so many keys will be asked for, if any.</summary>
        public int ExpectedKeys { get; set; }

        public StateEntry Touch(ReadOnlySpan<byte> key)
        {
            // What was read is mostly what is written next.
            if (_last is null || !_last.Key.Span.SequenceEqual(key))
            {
                _last = _byKeyBytes.TryGetValue(key, out KeyedChange? touched) ? (StateEntry)touched : Add(key, StateHashes.Key(key), Tree.Top, 0);
                if (!_last.IsTouched)
                {
                    _last.IsTouched = true;
                    _entries.Add(_last);
                }
            }

            return _last;
        }

        /// <summary>Reads a key of which its hash and a node on its path are known.</summary>
        public void Read(ReadOnlySpan<byte> key, in Hash256 keyHash, StateNode? from, int depth)
        {
            if (!_byKeyBytes.Contains(key))
            {
                Add(key, in keyHash, from, depth);
            }
        }

        public KeyedChange[] Changes(CopiedBytes kept)
        {
            var changes = new KeyedChange[_entries.Count];
            int count = 0;
            foreach (StateEntry entry in _entries)
            {
                if (entry.IsChanged)
                {
                    entry.Keep(kept);
                    changes[count++] = entry;
                }
            }

            return changes.AsSpan(0, count).ToArray();
        }

        private StateEntry Add(ReadOnlySpan<byte> key, in Hash256 keyHash, StateNode? from, int depth)
        {
            bool isSet = Tree.TryGet(from, depth, in keyHash, key, out ReadOnlyMemory<byte> value);
            var entry = new StateEntry(in keyHash, _copies.Copy(key), isSet ? value : default(ReadOnlyMemory<byte>?));
            if (_byKey.Count == 0)
            {
                _byKey.EnsureCapacity(ExpectedKeys);
                _entries.EnsureCapacity(ExpectedKeys);
            }

            _byKey.Add(entry);
            return entry;
        }
    }
}
