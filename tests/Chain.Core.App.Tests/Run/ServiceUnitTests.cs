using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Chain.Core.Testing;

namespace Chain.Core.App.Tests.Run;

/// <summary>The unit for systemd that is delivered, held to the program that it starts.</summary>
public sealed class ServiceUnitTests : IDisposable
{
    private const string Tool = "/opt/chain/chain";

    private readonly Program _program = new();
    private readonly string _path = Path.Combine(Repository.Root, "docs", "operations", "chain.service");
    private readonly string[] _lines;

    public ServiceUnitTests() => _lines = File.ReadAllLines(_path);

    public void Dispose() => _program.Dispose();

    /// <summary>Those in its comment are for validators.</summary>
    [Fact]
    public void Commands_OfTheUnit_AreVerbsWithOptionsThatThereAre()
    {
        RootCommand root = _program.App.CreateRoot(_program.TerminalOf(TextWriter.Null, TextWriter.Null, ""));
        string[] commands = [.. _lines.Select(static line => line.TrimStart('#', ' ')).Where(static line => line.StartsWith("Exec", StringComparison.Ordinal)).Select(static line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..])];

        Assert.Equal(3, commands.Length);
        Assert.All(commands, command =>
        {
            Assert.StartsWith($"{Tool} ", command, StringComparison.Ordinal);
            Assert.Empty(root.Parse(command[Tool.Length..]).Errors);
        });
    }

    [Fact]
    public async Task Status_OfAWrongConfiguration_IsTheOneThatIsNotTriedAgain()
    {
        int exit = (await _program.RunAsync("config", "check")).Exit;

        Assert.Equal(exit.ToString(CultureInfo.InvariantCulture), ValueOf("RestartPreventExitStatus"));
        Assert.Contains("CHAIN_HOME=", ValueOf("Environment"), StringComparison.Ordinal);
        Assert.Equal(0, (await _program.With("CHAIN_HOME", Path.Combine(_program.User, "elsewhere")).RunAsync("init", "--consensus", "dev")).Exit);
        Assert.True(File.Exists(Path.Combine(_program.User, "elsewhere", "config.json")));
    }

    /// <summary>A node that is told to stop has time to close its store before it is killed.</summary>
    [Fact]
    public void Time_ToStop_IsLongerThanTheProgramTakes() =>
        Assert.True(int.Parse(ValueOf("TimeoutStopSec").TrimEnd('s'), CultureInfo.InvariantCulture) > ChainApp.StopTime.TotalSeconds);

    /// <summary>systemd itself reads it; only the tool's own file may be missing here.</summary>
    [CommandFact("systemd-analyze --version")]
    public async Task Unit_ReadBySystemd_HasNoUnknownOption()
    {
        using var verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", _path]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();

        Assert.All(
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.Contains("chain.service", StringComparison.Ordinal)),
            static line => Assert.Contains($"Command {Tool} is not executable", line, StringComparison.Ordinal));
    }

    private string ValueOf(string key) => _lines.Single(line => line.StartsWith($"{key}=", StringComparison.Ordinal))[(key.Length + 1)..];
}
