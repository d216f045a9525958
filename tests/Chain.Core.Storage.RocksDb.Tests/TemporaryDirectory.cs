namespace Chain.Core.Storage.RocksDb;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chain-core-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
