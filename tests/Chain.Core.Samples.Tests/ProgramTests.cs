using System.Diagnostics;

namespace Chain.Core.Samples.Tests;

/// <summary>Each sample as a program of its own, as a reader runs it. The engine of CustomEngine has no program: the laboratory runs it.</summary>
public sealed class ProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<Type, string[], string, int?> Samples => new()
    {
        { typeof(CustomChain.GuestbookModule), [], "proven: True, in block #1: It works.", 0 },
        { typeof(Handover.HandoverRules), [], "block #20, sealed by a validator", 0 },
        { typeof(TokenWithProofs.PointsModule), [], "bob has 42 points: proved against block #", 0 },
        { typeof(WalletSample.WalletProgram), [], "usage: new <file>", 78 },
        { typeof(SupplyChain.ItemsModule), ["0"], "page http://127.0.0.1:", null },
    };

    /// <param name="ofSample">A type of the sample.</param>
    /// <param name="arguments">What it is started with.</param>
    /// <param name="line">What a line of it has to contain.</param>
    /// <param name="exitCode">How it ends after that; null where it goes on.</param>
    [Theory, MemberData(nameof(Samples))]
    public async Task Program_Started_SaysWhatItPromises(Type ofSample, string[] arguments, string line, int? exitCode)
    {
        var start = new ProcessStartInfo("dotnet", [ofSample.Assembly.Location, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var program = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var said = new List<string>();
            while (said.LastOrDefault()?.Contains(line, StringComparison.Ordinal) != true)
            {
                string? next = await program.StandardOutput.ReadLineAsync(patience.Token) ?? await program.StandardError.ReadLineAsync(patience.Token);
                Assert.True(next is not null, $"ended without '{line}': {string.Join('\n', said)}");
                said.Add(next);
            }

            if (exitCode is { } expected)
            {
                await program.StandardOutput.ReadToEndAsync(patience.Token);
                await program.WaitForExitAsync(patience.Token);
                Assert.Equal(expected, program.ExitCode);
            }
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(CancellationToken.None);
        }
    }
}
