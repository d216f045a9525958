using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// A plug-in for one faulty node: the engine of another, with adversaries around it. What the engine says goes through them
/// in their order; what it hears as well.
/// </summary>
public sealed class AdversarialConsensus : IConsensusPlugin
{
    private readonly IConsensusPlugin _plugin;
    private readonly Adversary[] _adversaries;

    /// <summary>Puts adversaries around the engines of <paramref name="plugin"/>.</summary>
    public AdversarialConsensus(IConsensusPlugin plugin, params IReadOnlyList<Adversary> adversaries)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(adversaries);
        _plugin = plugin;
        _adversaries = [.. adversaries];
    }

    /// <inheritdoc/>
    public string Name => _plugin.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> GenesisSeal => _plugin.GenesisSeal;

    /// <inheritdoc/>
    public IHeaderRules CreateRules(BlockHeader genesis) => _plugin.CreateRules(genesis);

    /// <inheritdoc/>
    public IConsensusEngine CreateEngine(BlockHeader genesis, IBlockTree tree, EngineOptions options)
    {
        foreach (Adversary adversary in _adversaries)
        {
            options = adversary.Configure(options);
        }

        return new AdversarialEngine(_plugin.CreateEngine(genesis, tree, options), _adversaries);
    }
}
