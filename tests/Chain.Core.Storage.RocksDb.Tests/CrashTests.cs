using System.Diagnostics;
using System.Globalization;
using Chain.Core.Machines;
using Chain.Core.Testing;

namespace Chain.Core.Storage.RocksDb;

/// <summary>Processes that die while they write.</summary>
public sealed class CrashTests
{
    [Fact]
    public void Open_WriterKilledAgainAndAgain_LosesNoAcknowledgedBatch()
    {
        using var directory = new TemporaryDirectory();
        var random = new DeterministicRandom(17);
        int acknowledged = 0;
        int kills = LongRun.Count(5, 500);
        for (int kill = 0; kill < kills; kill++)
        {
            acknowledged = WriteAndKill(directory.Path, 1 + random.NextIndex(120));
            using RocksDbStore store = RocksDbStore.Open(directory.Path, ChildWriter.Options);
            Assert.InRange(ChildWriter.LastWhole(store), acknowledged, int.MaxValue);
        }

        Assert.InRange(acknowledged, kills, int.MaxValue);
    }

    /// <summary>Lets a child acknowledge so many batches, kills it while it goes on, and gives the last number it said.</summary>
    private static int WriteAndKill(string directory, int batches)
    {
        using Process writer = ChildProcess.Start(null, "write", directory);
        int last = 0;
        for (int i = 0; i < batches; i++)
        {
            last = int.Parse(writer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        }

        writer.Kill();

        // What it had said by then counts too. Only a line that is not whole does not.
        string rest = writer.StandardOutput.ReadToEnd();
        writer.WaitForExit();
        string[] lines = rest.Split('\n')[..^1];
        return lines.Length == 0 ? last : int.Parse(lines[^1], CultureInfo.InvariantCulture);
    }
}
