using QuickStart;

if (!Arguments.TryParse(args, out Arguments arguments, out string problem))
{
    Console.Error.WriteLine($"QuickStart: {problem}");
    Console.Error.WriteLine("--help shows the options.");
    return Arguments.UsageExitCode;
}

if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (arguments.Node is not null)
{
    return await NodeMain.RunAsync(arguments);
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

if (arguments.Connect.Count > 0)
{
    return await JoinMain.RunAsync(arguments, stop.Token);
}

await using var show = new Show(arguments, stop.Token);
return await show.RunAsync();
