using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>
/// Four full nodes, and <see cref="Kills"/> times one of them ends before some effect of a step: before a record or a mark
/// is written, between a write and its sync, before or in the middle of telling others. Half of the times only the process ends,
/// half of the times the power goes.
/// </summary>
internal sealed class KillScenario
{
    public const int Kills = 10;

    private const int Validators = 4;
    private const int EffectsAhead = 80;

    private readonly DeterministicRandom _random;
    private readonly VoteWatch _watch = new();
    private readonly StakeChain _chain;

    public KillScenario(ulong seed)
    {
        _random = new DeterministicRandom(seed).Fork(38);
        var options = new ProofOfStakeOptions
        {
            Validators = TestKeys.Equal(Validators),
            ViewTimeout = TimeSpan.FromMilliseconds(600),
            MaxViewTimeout = TimeSpan.FromSeconds(2),
            RepeatInterval = TimeSpan.FromMilliseconds(400),
        };
        var simulation = new SimulatedChainOptions
        {
            OutboundSlots = Validators,
            Simulator = new SimulatorOptions { Seed = seed, Network = new NetworkModel { Latency = TimeSpan.FromMilliseconds(30) } },
        };
        _chain = new StakeChain(options, simulation, validator => _watch.EarsOf(validator, LeaderOf), LeaderOf);
        return;

        static int LeaderOf(View view) => (int)(view.Index % Validators);
    }

    /// <summary>Runs it; null where no two signatures of one mark left, nothing forked and the chain went on.</summary>
    public string? FindFault()
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            SimulatedNode victim = _chain.Chain.Nodes[_random.NextIndex(Validators)];
            long effect = victim.Effected + _random.NextIndex(EffectsAhead);
            Simulator.CrashAtEffect(victim, effect, keepsWrites: _random.NextBelow(2) == 0);
            if (!_chain.Simulator.RunUntil(() => !victim.IsRunning, TimeSpan.FromSeconds(30)))
            {
                return $"{victim.Name} has no effects any more";
            }

            _chain.Simulator.RunFor(TimeSpan.FromMilliseconds(_random.NextIndex(600)));
            _chain.Simulator.Restart(victim);
            _chain.Simulator.RunFor(TimeSpan.FromMilliseconds(_random.NextIndex(600)));
            if ((_watch.DoubleSignature ?? _chain.FindFork()) is string fault)
            {
                return $"kill {kill} of {victim.Name}: {fault}";
            }
        }

        ulong height = _chain.Chain.Nodes.Max(node => SimulatedChain.MachineOf(node).Tree.Finalized.Height.Value);
        bool goesOn = _chain.Simulator.RunUntil(() => _chain.AllFinalAt(height + 2), TimeSpan.FromSeconds(120));
        return _watch.DoubleSignature ?? _chain.FindFork() ?? (goesOn ? null : "nothing becomes final after the kills");
    }
}
