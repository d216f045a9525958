namespace Chain.Core.Storage.Tests.Files;

/// <summary>
/// Row 46 of the list of faults: a rename or a directory that is not synced. The power may go between any two steps, and
/// what was not synced may be lost, torn or there, each by itself: under the name stands the old content or the new one.
/// </summary>
[Trait("Fault", "46")]
public sealed class Row46Tests
{
    private const string File = "/data/mark";
    private static readonly byte[] Old = [1, 2, 3, 4, 5, 6];
    private static readonly byte[] New = [9, 8, 7, 6, 5, 4, 3, 2];

    [Fact]
    public void Write_PowerLostAtAnyStep_OldOrNewNeverNeither() => Assert.Null(FindFault(static disk => disk));

    [Fact]
    public void Write_NoOldFile_NothingOrTheNewOne() => Assert.Null(FindFault(static disk => disk, hasOld: false));

    [Fact]
    public void Mutant_FileNotSynced_IsFound() =>
        Assert.Equal("neither", FindFault(static disk => new Mutant(disk) { SkipsFile = true }));

    [Fact]
    public void Mutant_DirectoryNotSynced_IsFound() =>
        Assert.Equal("lost after it was acknowledged", FindFault(static disk => new Mutant(disk) { SkipsDirectory = true }));

    [Fact]
    public void Mutant_WrittenInPlace_IsFound() =>
        Assert.Equal("neither", FindFault(static disk => new Mutant(disk) { InPlace = true }));

    /// <summary>Every crash point with everything that the disk may make of it; null where all of them are right.</summary>
    private static string? FindFault(Func<ModelDisk, IFileSteps> change, bool hasOld = true)
    {
        byte[]? old = hasOld ? Old : null;
        for (int crashAt = 0; ; crashAt++)
        {
            bool acknowledged = false;
            var disk = new ModelDisk(File, old, crashAt);
            try
            {
                AtomicFile.Write(File, New, ownerOnly: true, change(disk));
                acknowledged = true;
            }
            catch (PowerLostException)
            {
            }

            foreach (byte[]? found in disk.AfterPowerLoss(File))
            {
                bool isOld = Same(found, old);
                if (!isOld && !Same(found, New))
                {
                    return "neither";
                }

                if (acknowledged && isOld)
                {
                    return "lost after it was acknowledged";
                }
            }

            if (acknowledged)
            {
                return null;
            }
        }
    }

    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one is null && other is null : one.AsSpan().SequenceEqual(other);

    /// <summary>The steps with a protection switched off.</summary>
    private sealed class Mutant(ModelDisk inner) : IFileSteps
    {
        public bool SkipsFile { get; init; }

        public bool SkipsDirectory { get; init; }

        public bool InPlace { get; init; }

        public void WriteNew(string path, ReadOnlySpan<byte> content, bool ownerOnly) =>
            inner.Put(InPlace ? File : path, content, syncs: !SkipsFile);

        public void Rename(string from, string to)
        {
            if (!InPlace)
            {
                inner.Rename(from, to);
            }
        }

        public void SyncDirectory(string path)
        {
            if (!SkipsDirectory)
            {
                inner.SyncDirectory(path);
            }
        }

        public void TryDelete(string path) => inner.TryDelete(path);
    }
}
