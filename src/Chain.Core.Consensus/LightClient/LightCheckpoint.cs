using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>What a light client starts from, from a source that its user trusts.</summary>
/// <param name="Header">A final block.</param>
/// <param name="Validators">Who votes in its epoch.</param>
/// <param name="NextValidators">Who votes in the next one.</param>
public sealed record LightCheckpoint(BlockHeader Header, ValidatorSet Validators, ValidatorSet NextValidators);
