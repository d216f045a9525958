namespace Chain.Core.Storage.Tests.Files;

/// <summary>
/// A directory as POSIX promises it and no more: content and names are stable only after their own sync; before, any part
/// of the changes may have reached the disk. Its power goes after a number of steps.
/// </summary>
internal sealed class ModelDisk : IFileSteps
{
    private static readonly byte[]?[] Nothing = [null];

    /// <summary>Names on stable storage, and what happened to them since, in order; the disk may have taken any of it.</summary>
    private readonly Dictionary<string, Inode?> _stable = [];
    private readonly List<(string Name, Inode? Points)> _unsynced = [];
    private int _stepsLeft;

    public ModelDisk(string file, byte[]? content, int steps)
    {
        _stepsLeft = steps;
        if (content is not null)
        {
            _stable[file] = Add(content, isStable: true);
        }
    }

    public void WriteNew(string path, ReadOnlySpan<byte> content, bool ownerOnly) => Put(path, content, syncs: true);

    /// <summary>Makes a file, or writes over one in place, with or without a sync.</summary>
    public void Put(string path, ReadOnlySpan<byte> content, bool syncs)
    {
        Step();
        if (Find(path) is { } there)
        {
            there.Write(content.ToArray()); // in place
        }
        else
        {
            _unsynced.Add((path, Add(content.ToArray(), isStable: false)));
        }

        Step();
        if (syncs)
        {
            Find(path)!.Sync();
        }

        Step();
    }

    public void Rename(string from, string to)
    {
        Step();
        Inode moved = Find(from)!;
        _unsynced.Add((to, moved));
        _unsynced.Add((from, null));
    }

    public void SyncDirectory(string path)
    {
        Step();
        _unsynced.ForEach(change => _stable[change.Name] = change.Points);
        _unsynced.Clear();
    }

    public void TryDelete(string path)
    {
    }

    /// <summary>All that can stand under a name when the power is back; null where the name is not there.</summary>
    public IEnumerable<byte[]?> AfterPowerLoss(string name)
    {
        for (int taken = 0; taken < 1 << _unsynced.Count; taken++)
        {
            Inode? inode = _stable.GetValueOrDefault(name);
            for (int i = 0; i < _unsynced.Count; i++)
            {
                inode = (taken >> i & 1) != 0 && _unsynced[i].Name == name ? _unsynced[i].Points : inode;
            }

            IEnumerable<byte[]?> contents = inode is null ? Nothing : inode.AfterPowerLoss();
            foreach (byte[]? content in contents)
            {
                yield return content;
            }
        }
    }

    private Inode? Find(string name)
    {
        int last = _unsynced.FindLastIndex(change => change.Name == name);
        return last >= 0 ? _unsynced[last].Points : _stable.GetValueOrDefault(name);
    }

    private static Inode Add(byte[] content, bool isStable)
    {
        var inode = new Inode(isStable ? content : []);
        inode.Write(content);
        return inode;
    }

    private void Step()
    {
        if (_stepsLeft-- <= 0)
        {
            throw new PowerLostException();
        }
    }

    private sealed class Inode(byte[] stable)
    {
        private byte[] _stable = stable;
        private byte[] _written = stable;

        public void Write(byte[] content) => _written = content;

        public void Sync() => _stable = _written;

        /// <summary>What was stable, what was written, and what is torn between: any length, the lost part zero or as before.</summary>
        public IEnumerable<byte[]?> AfterPowerLoss()
        {
            yield return _stable;
            yield return _written;
            for (int length = 0; length < _written.Length && !ReferenceEquals(_written, _stable); length++)
            {
                yield return _written[..length];
                yield return [.. _written[..length], .. new byte[_written.Length - length]];
                yield return [.. _written[..length], .. _stable.AsSpan(int.Min(length, _stable.Length))];
            }
        }
    }
}
