using Chain.Core.Crypto;

namespace Chain.Core.Conformance.Tests;

public sealed class VectorReplayTests
{
    public static TheoryData<string> Files => new(VectorReplay.Counts.Keys);

    public static TheoryData<CryptoPath, bool> Ways
    {
        get
        {
            var ways = new TheoryData<CryptoPath, bool> { { CryptoPath.Portable, false } };
            foreach (CryptoPath path in Enum.GetValues<CryptoPath>().Where(path => path.IsSupported()))
            {
                ways.Add(path, true);
            }

            return ways;
        }
    }

    [VectorTheory("fresh"), MemberData(nameof(Files))]
    public void Run_PublishedVectors_GivesTheirAnswers(string file)
    {
        Replay replay = VectorReplay.Of(file);

        Assert.Equal(VectorReplay.Counts[file], replay.Count);
        replay.Check(Replay.Run(replay.Lines()));
    }

    [VectorTheory("fresh"), MemberData(nameof(Ways))]
    public void Run_AnotherPath_GivesTheSameBytes(CryptoPath path, bool isBatch)
    {
        string lines = VectorReplay.AllLines();

        Assert.Equal(Replay.Run(lines), Replay.Run(lines, new AdapterOptions(isBatch, path)));
    }

    [Fact]
    public void Run_VerbsOfLaterLayers_AreUnsupported()
    {
        string[] later = ["merlin.run", "bulletproof.verify", "gcs.build", "rs.encode", "rs.reconstruct"];
        string answers = Replay.Run(string.Concat(later.Select(verb => $$"""{"id":1,"verb":"{{verb}}"}""" + "\n")));

        Assert.Equal(string.Concat(later.Select(_ => """{"id":1,"error":"unsupported"}""" + "\n")), answers);
    }
}
