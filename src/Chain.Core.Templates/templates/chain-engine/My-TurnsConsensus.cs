using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace My_Turns;

/// <summary>Authorities take turns: each slot of time belongs to one of them, who may make one block in it and signs it.</summary>
/// <param name="authorities">Who they are, in the order of their turns; Ed25519 keys.</param>
/// <param name="slot">How long a turn is, in whole milliseconds.</param>
public sealed class My_TurnsConsensus(IReadOnlyList<ValidatorKey> authorities, TimeSpan slot) : IConsensusPlugin
{
    public string Name => "my-turns";

    public ReadOnlyMemory<byte> GenesisSeal => default;

    public IHeaderRules CreateRules(BlockHeader genesis) => new My_TurnsRules(authorities, slot);

    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options) =>
        new My_TurnsEngine(new My_TurnsRules(authorities, slot), tree, options);
}
