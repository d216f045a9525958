using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;

namespace Chain.Core.Protocol;

/// <summary>Reads which validators a state names.</summary>
internal sealed class ReadValidatorsJob(IValidatorSource source, Hash256 stateRoot) : Job
{
    public override JobResult Run(IKeyValueReader snapshot) =>
        new ValidatorsRead(source.ValidatorsOf(ChainState.Open(snapshot, in stateRoot)));
}
