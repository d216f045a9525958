using System.Globalization;
using BenchmarkDotNet.Running;
using Chain.Core.Benchmarks;
using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.ProofOfStake;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Rpc;
using Chain.Core.Benchmarks.Timing;

// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- ratios [name…]     figures against peers
// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- timing [traces] [seed] [name…]   secrets against the clock
// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- idle-node            what a node among quiet peers takes
// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- --filter '*'       BenchmarkDotNet
if (args is ["ratios", .. string[] names])
{
    return new RatioCommand(RatioCatalog.All, Console.Out, Console.Error).Run(names);
}

if (args is ["timing", .. string[] arguments])
{
    return new TimingCommand(SecretTimings.All, Console.Out).Run(arguments);
}

if (args is ["idle-node"])
{
    return await IdleNode.MeasureAsync(Console.Out);
}

if (args is [IdleNode.ChildArgument])
{
    return await IdleNode.RunChildAsync();
}

if (args is [EventServer.Argument])
{
    return await EventServer.RunAsync();
}

if (args is [LatenessContest.Argument])
{
    return LatenessContest.RunChild();
}

if (args is [RelayAttacker.Argument, string kind, string port, string network, string genesis])
{
    return await RelayAttacker.RunAsync(
        kind, int.Parse(port, CultureInfo.InvariantCulture), uint.Parse(network, CultureInfo.InvariantCulture), genesis);
}

if (args is [LoopbackValidator.Argument, string index, string ports])
{
    return await LoopbackValidator.RunAsync(int.Parse(index, CultureInfo.InvariantCulture), ports);
}

BenchmarkSwitcher.FromAssembly(typeof(RatioCatalog).Assembly).Run(args);
return 0;
