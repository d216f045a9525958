namespace Chain.Core.Storage;

/// <summary>The steps of which replacing a file consists, some calls of the operating system each; tests stop between any two.</summary>
internal interface IFileSteps
{
    /// <summary>Makes a new file with this content and brings that to stable storage.</summary>
    void WriteNew(string path, ReadOnlySpan<byte> content, bool ownerOnly);

    /// <summary>Gives a file the name of another, which is replaced at once.</summary>
    void Rename(string from, string to);

    /// <summary>Brings the names in a directory to stable storage.</summary>
    void SyncDirectory(string path);

    /// <summary>Deletes a file, if it can.</summary>
    void TryDelete(string path);
}
