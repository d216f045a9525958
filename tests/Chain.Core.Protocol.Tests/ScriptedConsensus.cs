using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

/// <summary>The Dev engine with ears: it remembers what it was told, and gives out what a test hands it on the command <c>emit</c>.</summary>
internal sealed class ScriptedConsensus : IConsensusPlugin
{
    private readonly DevConsensus _dev = new();

    public List<ConsensusInput> Told { get; } = [];

    public ConsensusOutput? Next { get; set; }

    public string Name => _dev.Name;

    public ReadOnlyMemory<byte> GenesisSeal => _dev.GenesisSeal;

    public IHeaderRules CreateRules(BlockHeader genesis) => _dev.CreateRules(genesis);

    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options) =>
        new Engine(this, _dev.CreateEngine(genesis, tree, options));

    private sealed class Engine(ScriptedConsensus script, IConsensusEngine inner) : IConsensusEngine
    {
        public IHeaderRules Rules => inner.Rules;

        public void Handle(in ConsensusInput input, in StepContext context, IEffects effects)
        {
            script.Told.Add(input);
            if (input is ConsensusInput.Commanded { Command: "emit" })
            {
                effects.Emit(script.Next!);
            }
            else
            {
                inner.Handle(in input, in context, effects);
            }
        }
    }
}
