namespace Chain.Core.Rpc.Client;

/// <summary>The validators.</summary>
/// <param name="Block">The block whose state names them.</param>
/// <param name="TotalStake">The stake of all together; saturates.</param>
/// <param name="Validators">Each of them, in the order of the consensus engine.</param>
public sealed record ValidatorsView(BlockPlace Block, ulong TotalStake, IReadOnlyList<ValidatorView> Validators);
