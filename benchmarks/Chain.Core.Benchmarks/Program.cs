using BenchmarkDotNet.Running;
using Chain.Core.Benchmarks;
using Chain.Core.Benchmarks.Ratios;

// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- ratios [name…]     figures against peers
// dotnet run -c Release --project benchmarks/Chain.Core.Benchmarks -- --filter '*'       BenchmarkDotNet
if (args is ["ratios", .. string[] names])
{
    return new RatioCommand(RatioCatalog.All, Console.Out, Console.Error).Run(names);
}

BenchmarkSwitcher.FromAssembly(typeof(RatioCatalog).Assembly).Run(args);
return 0;
