using System.Text.Json;
using Chain.Core.App.Errors;

namespace Chain.Core.App.Checkpoints;

/// <summary>A final block and its validators, in few enough bytes to be read out on a telephone.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Height">The height of the block.</param>
/// <param name="Block">Its id.</param>
/// <param name="Validators">The hash of the set that voted on it.</param>
internal sealed record CheckpointFile(string Genesis, ulong Height, string Block, string Validators)
{
    private const int MaxBytes = 4096;

    /// <exception cref="UsageException">The file is not there or is no checkpoint.</exception>
    public static CheckpointFile Read(string path)
    {
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length <= MaxBytes && JsonSerializer.Deserialize(File.ReadAllBytes(path), CheckpointJson.Default.CheckpointFile) is { } read)
            {
                return read;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new UsageException(FaultCode.Checkpoint, $"{path} is no checkpoint", "a file that 'checkpoint export' printed");
    }

    public string Write() => JsonSerializer.Serialize(this, CheckpointJson.Default.CheckpointFile);
}
