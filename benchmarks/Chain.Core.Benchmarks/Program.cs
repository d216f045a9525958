using BenchmarkDotNet.Running;
using Chain.Core.Benchmarks;
using Chain.Core.Benchmarks.Crypto;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Benchmarks.Timing;

// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- ratios [name…]     figures against peers
// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- timing [traces] [name…]   secrets against the clock
// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- --filter '*'       BenchmarkDotNet
if (args is ["ratios", .. string[] names])
{
    return new RatioCommand(RatioCatalog.All, Console.Out, Console.Error).Run(names);
}

if (args is ["timing", .. string[] arguments])
{
    return new TimingCommand(SecretTimings.All, Console.Out).Run(arguments);
}

BenchmarkSwitcher.FromAssembly(typeof(RatioCatalog).Assembly).Run(args);
return 0;
