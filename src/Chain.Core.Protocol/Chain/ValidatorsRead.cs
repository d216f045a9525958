using Chain.Core.Consensus;
using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>What <see cref="ReadValidatorsJob"/> found.</summary>
internal sealed record ValidatorsRead(ValidatorSet Validators) : JobResult;
