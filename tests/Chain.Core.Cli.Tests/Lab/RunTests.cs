using System.Xml.Linq;
using Chain.Core.Cli.Lab.Engines;
using Chain.Core.Simulation.Laboratory;
using Chain.Core.Testing;

namespace Chain.Core.Cli.Tests.Lab;

/// <summary>From a command line to files, and back to the same digests.</summary>
public sealed class RunTests : IDisposable
{
    private const string Small = "--nodes 4 --rate 5 --duration 20s --warmup 5s --drain 60s --network wan-5 --seed 1,2";

    private readonly string _folder = Directory.CreateTempSubdirectory("lab").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_BothEngines_WritesFilesThatReplayToTheSameDigests()
    {
        (int exit, string output, string errors) = Tool.Run(["lab", "run", "--engines", "pow:spacing=2s:confirmations=2,pos", .. Small.Split(' '), "--out", _folder]);
        Assert.True(exit == 0, errors);
        string results = Assert.Single(Directory.GetDirectories(_folder));
        Assert.Equal(["latency.svg", "manifest.json", "report.html", "runs.csv", "summary.md"], Directory.GetFiles(results).Select(Path.GetFileName).Order());
        XElement picture = XElement.Load(Path.Combine(results, "latency.svg"));
        Assert.Equal(["pow(confirmations=2, spacing=2s)", "pos"], picture.Elements().Where(static each => each.Name.LocalName == "text").TakeLast(2).Select(static each => each.Value));
        Assert.Equal(4, picture.Elements().Count(static each => each.Name.LocalName == "polyline"));
        string report = File.ReadAllText(Path.Combine(results, "report.html"));
        string map = report[report.IndexOf("<svg class=\"map\"", StringComparison.Ordinal)..];
        map = map[..map.IndexOf("</svg>", StringComparison.Ordinal)];
        Assert.Equal((4, 10), (map.Split("<circle ").Length - 1, map.Split("class=\"link\"").Length - 1));
        Assert.Contains("ap-northeast-3, 1</text>", map, StringComparison.Ordinal);
        Assert.Contains("pow(confirmations=2, spacing=2s)", output, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(Path.Combine(results, "runs.csv"));
        Assert.Equal(5, lines.Length);

        // Every transaction became final with both engines, and nothing broke.
        string[] names = lines[0].Split(',');
        foreach (string line in lines.Skip(1))
        {
            string[] values = line[(line.IndexOf('"', 1) + 1)..].Split(',');
            int shift = names.Length - values.Length;
            Assert.Equal("100", values[Array.IndexOf(names, "final_share") - shift]);
            Assert.Equal("1", values[Array.IndexOf(names, "safe") - shift]);
            Assert.Equal("1", values[Array.IndexOf(names, "live") - shift]);
        }

        (exit, output, _) = Tool.Run("lab", "replay", results, "--jobs", "1");
        Assert.Equal(0, exit);
        Assert.Equal(4, output.Split("the same digest").Length - 1);
        AssertPartsWhereAManifestDiffers(results);
        AssertComparesWithItself(results);
    }

    /// <summary>Sixty transactions in a block, which all nodes have by then: the form of relay shows in the bytes by kind of message.</summary>
    [Theory]
    [InlineData("announce", false)]
    [InlineData("compact", true)]
    [InlineData("compactpush", true)]
    public void Run_FormsOfRelay_ShowInTheReport(string relay, bool isCompact)
    {
        (int exit, _, string errors) = Tool.Run(
            ["lab", "run", "--engines", "pow:spacing=3s", "--relay", relay, "--nodes", "5", "--rate", "20", "--duration", "20s", "--warmup", "5s", "--drain", "5s", "--network", "20ms", "--seed", "1", "--out", _folder]);

        Assert.True(exit == 0, errors);
        string report = File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_folder)), "report.html"));
        Assert.Equal(isCompact, report.Contains("CompactBlock", StringComparison.Ordinal));
    }

    private static void AssertPartsWhereAManifestDiffers(string results)
    {
        string manifest = Path.Combine(results, "manifest.json");
        string text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, text.Replace("\"rate\": 5", "\"rate\": 6", StringComparison.Ordinal));

        (int exit, string output, _) = Tool.Run("lab", "replay", manifest);

        Assert.Equal(1, exit);
        Assert.Contains("parted between", output, StringComparison.Ordinal);
        File.WriteAllText(manifest, text);
    }

    private static void AssertComparesWithItself(string results)
    {
        (int exit, string output, _) = Tool.Run("lab", "compare", results, results);

        Assert.Equal(0, exit);
        Assert.Contains(" 0 of ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EngineOfAnotherAssembly_RunsBesideOurs()
    {
        string assembly = typeof(CustomEngine.RoundRobinEntry).Assembly.Location;

        (int exit, string output, string errors) = Tool.Run(["lab", "run", "--engines", $"pos,{assembly}:slot=1s", .. Small.Split(' '), "--out", _folder]);

        Assert.True(exit == 0, errors);
        string row = Assert.Single(output.Split('\n'), static line => line.Contains("round-robin", StringComparison.Ordinal));
        Assert.Contains("yes", row, StringComparison.Ordinal);
        Assert.DoesNotContain("broken", output, StringComparison.Ordinal);
    }

    [Fact]
    public void CustomEngine_Sample_HasAtMost150Lines()
    {
        string[] files = Directory.GetFiles(Repository.PathOf("samples", "CustomEngine"), "*.cs");
        Assert.InRange(files.Sum(static file => File.ReadAllLines(file).Length), 50, 150);
    }

    [Fact]
    public void List_Everything_NamesScenariosEnginesAndNetworks()
    {
        (int exit, string output, _) = Tool.Run("lab", "list");

        Assert.Equal(0, exit);
        Assert.All(["default", "partition-heal", "pow", "pos", "wan-5"], name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("partition", 50)]
    [InlineData("crash", 50)]
    [InlineData("churn", 100)]
    [InlineData("silence", 25)]
    public void Run_FaultThatEnds_ProofOfStakeStaysSafeAndGoesOn(string kind, int percent)
    {
        string file = Path.Combine(_folder, "scenario.json");
        File.WriteAllText(file, $$$"""
            {
              "name": "{{{kind}}}", "nodes": 4, "engines": [{"name": "pos", "options": {"timeout": "500ms"}}],
              "load": {"rate": 5}, "warmup": "3s", "duration": "15s", "seeds": [1],
              "faults": [{"kind": "{{{kind}}}", "at": "3s", "for": "6s", "percent": {{{percent}}}}]
            }
            """);

        (int exit, string output, string errors) = Tool.Run("lab", "run", "--scenario", file, "--out", _folder);

        Assert.True(exit == 0, errors);
        Assert.DoesNotContain("safety", output, StringComparison.Ordinal);
        Assert.DoesNotContain("liveness", output, StringComparison.Ordinal);
        string summary = File.ReadAllText(Directory.GetFiles(_folder, "summary.md", SearchOption.AllDirectories).Single());
        Assert.Contains("recovery after the last fault", summary, StringComparison.Ordinal);
    }

    /// <summary>What a node had not passed on when it lost power, and what the same senders sent later, is handed in again.</summary>
    [Fact]
    public void Run_NodesLosePower_EveryTransactionBecomesFinal()
    {
        var scenario = new Scenario
        {
            Nodes = 4,
            Load = new LoadPlan { Rate = 60 },
            Warmup = TimeSpan.FromSeconds(3),
            Duration = TimeSpan.FromSeconds(15),
            Faults = [new FaultPlan { Kind = FaultKind.Churn, At = TimeSpan.FromSeconds(3), For = TimeSpan.FromSeconds(8), Percent = 100 }],
        };
        var choice = new EngineChoice("pos") { Options = new Dictionary<string, string> { ["timeout"] = "500ms" } };

        RunMeasures run = ScenarioRun.Run(scenario, choice, new ProofOfStakeEngineEntry(), seed: 1).Measures;

        Assert.Equal(run.Sent, run.Final);
    }

    /// <summary>Those with adversaries too, which no short run covers.</summary>
    [Fact]
    public void Set_EveryNamedScenario_EnginesTakeItsOptions() => Assert.All(NamedScenarios.All, static scenario =>
    {
        Assert.Null(ScenarioCheck.FindProblem(scenario));
        ulong[] power = scenario.Power.Spread(scenario.ProducerCount());
        foreach (EngineChoice choice in scenario.Engines)
        {
            ILaboratoryEngine engine = new EngineShelf().Engines.Single(each => each.Name == choice.Name);
            engine.Set(new EngineRequest(scenario.Nodes, power, choice.Options, scenario.Load));
        }
    });

    public static TheoryData<string> Names => new(NamedScenarios.All.Where(static scenario => scenario.Adversaries.Count == 0 && (LongRun.Factor > 0 || scenario.Faults.Count == 0)).Select(static scenario => scenario.Name));

    /// <summary>In a long run as they are, which may simulate hours; else a moment of those without faults, with few nodes. <see cref="AdversaryTests"/> has those with adversaries.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Run_NamedScenario_Ends(string name)
    {
        string[] shorter = LongRun.Factor > 0 ? [] : ["--nodes", "4", "--duration", "5s", "--drain", "1s", "--warmup", "2s"];

        (int exit, string output, string errors) = Tool.Run(["lab", "run", "--scenario", name, "--seed", "1", "--no-files", .. shorter]);

        Assert.True(exit == 0, errors);
        Assert.Contains("RESULTS", output, StringComparison.Ordinal);
        Assert.DoesNotContain("safety", output, StringComparison.Ordinal);
    }
}
