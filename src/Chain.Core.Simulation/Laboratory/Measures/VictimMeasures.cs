namespace Chain.Core.Simulation.Laboratory;

/// <summary>What became of the victim of an eclipse, at the end of a run.</summary>
/// <param name="Behind">Blocks of the chain that it does not have.</param>
/// <param name="Alone">Blocks that it took for the chain and that are not on it: its fork.</param>
/// <param name="Peers">Its connections.</param>
/// <param name="Attackers">How many of them are the attacker's.</param>
public sealed record VictimMeasures(int Behind, int Alone, int Peers, int Attackers);
