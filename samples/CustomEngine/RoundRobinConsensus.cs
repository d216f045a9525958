using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace CustomEngine;

/// <summary>Authorities seal by turns: each slot of time belongs to one of them, and the longest chain is the head.</summary>
internal sealed class RoundRobinConsensus(IReadOnlyList<ValidatorKey> authorities, TimeSpan slot) : IConsensusPlugin
{
    private readonly RoundRobinRules _rules = new(authorities, slot);

    public string Name => "round-robin";

    public ReadOnlyMemory<byte> GenesisSeal => default;

    public IHeaderRules CreateRules(BlockHeader genesis) => _rules;

    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options) =>
        new RoundRobinEngine(_rules, tree, options);
}
