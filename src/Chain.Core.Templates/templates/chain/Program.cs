using Chain.Core.App;
using New_Chain;

// "--help" lists the verbs: dev, send and testnet for trying, init, run, keys and more for operators.
return await new ChainApp("New-Chain") { Define = static () => ChainSpec.Define(ChainSpec.Consensus) }.RunAsync(args);
