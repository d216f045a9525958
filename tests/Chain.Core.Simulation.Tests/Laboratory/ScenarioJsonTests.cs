using Chain.Core.Simulation.Laboratory;
using Chain.Core.Testing;

namespace Chain.Core.Simulation.Tests.Laboratory;

public class ScenarioJsonTests
{
    public static TheoryData<string> Names => new(NamedScenarios.All.Select(static scenario => scenario.Name));

    [Theory, MemberData(nameof(Names))]
    public void TryRead_NamedScenarioThatWasWritten_WritesTheSame(string name)
    {
        string written = ScenarioJson.Write(NamedScenarios.Find(name)!);

        Assert.True(ScenarioJson.TryRead(written, out Scenario? read, out string problem), problem);
        Assert.Equal(written, ScenarioJson.Write(read));
    }

    [Fact]
    public void TryRead_EmptyObject_IsTheDefaults() =>
        Assert.True(ScenarioJson.TryRead("{}", out Scenario? read, out _) && read.Nodes == 16 && read.Engines.Count == 2);

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "null")]
    [InlineData("""{"nodez": 3}""", "nodez")]
    [InlineData("""{"nodes": 0}""", "nodes")]
    [InlineData("""{"nodes": 3, "producers": 4}""", "producers")]
    [InlineData("""{"duration": 30}""", "duration")]
    [InlineData("""{"duration": "-1s"}""", "duration")]
    [InlineData("""{"duration": "9999999h"}""", "duration")]
    [InlineData("""{"engines": null}""", "engines")]
    [InlineData("""{"seeds": []}""", "seeds")]
    [InlineData("""{"load": {"rate": 1e9}}""", "load.rate")]
    [InlineData("""{"network": {"matrix": "mars"}}""", "network.matrix")]
    [InlineData("""{"network": {"matrix": "wan-5", "regionShares": [1, 2]}}""", "network.regionShares")]
    [InlineData("""{"power": {"rule": "listed"}}""", "power.shares")]
    [InlineData("""{"faults": [{"kind": "crash", "for": "10h"}]}""", "faults")]
    public void TryRead_WrongScenario_SaysWhatAndWhere(string json, string place)
    {
        Assert.False(ScenarioJson.TryRead(json, out _, out string problem));
        Assert.Contains(place, problem, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void TryRead_LongerThanAScenarioCanBe_IsNotParsed()
    {
        Assert.False(ScenarioJson.TryRead(new string(' ', ScenarioJson.MaxLength) + "{}", out _, out string problem));
        Assert.Contains("at most", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_FileInTheDocs_IsTheOneThatIsPrinted()
    {
        string file = File.ReadAllText(Repository.PathOf("docs", "scenario.schema.json"));
        Assert.Equal(ScenarioJson.Schema().ReplaceLineEndings("\n").TrimEnd(), file.ReplaceLineEndings("\n").TrimEnd());
    }

    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("1.5s", 1.5)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("50us", 0.00005)]
    public void Durations_Text_ReadsAndWrites(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds, 9);
        Assert.True(Durations.TryParse(Durations.Format(duration), out TimeSpan again) && again == duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10")]
    [InlineData("10 parsecs")]
    [InlineData("1e3s")]
    [InlineData("-5s")]
    [InlineData("99999999999999999999h")]
    public void Durations_NoDuration_IsNotRead(string text) => Assert.False(Durations.TryParse(text, out _));
}
