using Chain.Core.Soak;
using Chain.Core.Soak.Quiet;
using QuickStart;

// A node of the fleet: this program starts itself once for each process.
if (args.Contains("--node"))
{
    return Arguments.TryParse(args, out Arguments node, out _) ? await NodeMain.RunAsync(node) : Arguments.UsageExitCode;
}

if (args is [QuietNode.Switch, var home, .. var rest])
{
    return await QuietNode.RunAsync(home, rest);
}

if (!SoakOptions.TryParse(args, out SoakOptions options, out string problem))
{
    Console.Error.WriteLine($"soak: {problem}");
    Console.Error.WriteLine(SoakOptions.Usage);
    return Arguments.UsageExitCode;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
if (options.Kind == SoakKind.Quiet)
{
    await using var quiet = new QuietRun(options, stop.Token);
    return await quiet.RunAsync();
}

await using var soak = new SoakRun(options, stop.Token);
return await soak.RunAsync();
