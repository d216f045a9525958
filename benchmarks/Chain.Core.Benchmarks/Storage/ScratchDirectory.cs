namespace Chain.Core.Benchmarks.Storage;

/// <summary>A directory for a store that is measured; gone with everything in it when it is disposed.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chain-core-benchmark-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
