namespace Chain.Core.Simulation.Laboratory;

/// <summary>Who works against the others in a scenario, all the time.</summary>
public enum AdversaryKind
{
    /// <summary>
    /// The first node mines selfishly: <see cref="Simulation.SelfishMiner"/>. It is connected to every node, as a pool with
    /// sensors is. For engines whose blocks have one weight; others see a producer that holds back what it makes.
    /// </summary>
    SelfishMiner,

    /// <summary>
    /// The last nodes are an attacker's addresses, which take the slots of the last node that makes blocks: <see cref="EclipsePeer"/>.
    /// </summary>
    Eclipse,

    /// <summary>
    /// The first node tries to undo payments that have so many confirmations, again and again: <see cref="Simulation.DoubleSpender"/>.
    /// It is connected to every node, for engines as the selfish miner's.
    /// </summary>
    DoubleSpender,

    /// <summary>Somebody hands in valid transactions at the least fee, beside those of the users: see <see cref="LoadPlan.Fee"/>.</summary>
    Spammer,
}
