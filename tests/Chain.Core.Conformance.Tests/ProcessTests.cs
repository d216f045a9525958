using System.Diagnostics;
using System.Text;
using Chain.Core.Testing;

namespace Chain.Core.Conformance.Tests;

public sealed class ProcessTests
{
    [VectorFact("fresh")]
    public async Task Main_AllVectors_AreAnsweredAsInThisProcess()
    {
        string lines = VectorReplay.AllLines();

        (int code, string answers, string errors) = await RunProcess(lines, "--batch");

        Assert.Equal(0, code);
        Assert.Empty(errors);
        Assert.Equal(Replay.Run(lines), answers);
    }

    [Fact]
    public async Task Main_TextBeyondAscii_IsNormalized()
    {
        (_, string composed, _) = await RunProcess("{\"id\":1,\"verb\":\"mnemonic.seed\",\"mnemonic\":\"caf\u00e9\"}");
        (_, string decomposed, _) = await RunProcess("{\"id\":1,\"verb\":\"mnemonic.seed\",\"mnemonic\":\"cafe\u0301\"}");

        Assert.StartsWith("{\"id\":1,\"out\":\"", composed, StringComparison.Ordinal);
        Assert.Equal(composed, decomposed);
    }

    [Fact]
    public async Task Main_UnknownOption_SaysHowItIsUsed()
    {
        (int code, string answers, string errors) = await RunProcess("", "--fast");

        Assert.Equal(2, code);
        Assert.Empty(answers);
        Assert.StartsWith("usage: ", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Answers, string Errors)> RunProcess(string lines, params string[] arguments)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "Chain.Core.Conformance.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> answers = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(lines);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await answers, await errors);
    }
}
