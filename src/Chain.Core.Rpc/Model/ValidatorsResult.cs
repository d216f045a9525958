using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>The validators.</summary>
internal sealed record ValidatorsResult(
    [property: Description("The block whose state names them.")] BlockPlace Block,
    [property: Description("The stake of all together; saturates.")] ulong TotalStake,
    [property: Description("Each of them, in the order of the consensus engine.")] IReadOnlyList<ValidatorResult> Validators);
