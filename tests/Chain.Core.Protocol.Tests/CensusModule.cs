using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Protocol.Tests;

/// <summary>Names a validator whose stake is how many offences were reported; epochs have three blocks.</summary>
internal sealed class CensusModule : Module, IValidatorSource, IEvidenceModule
{
    public const int EpochBlocks = 3;

    private readonly StateValue<ulong> _reports;
    private readonly StateMap<ulong, ulong> _known;
    private readonly ModuleMethod<ulong> _report;

    public CensusModule()
        : base("census")
    {
        _reports = Value("reports", Codecs.U64);
        _known = Map("known", Codecs.U64, Codecs.U64);
        _report = Method("report", Codecs.U64, OnReport);
    }

    public bool NamesValidators(BlockHeight height) => height.Value % EpochBlocks == 0;

    public ValidatorSet ValidatorsOf(IStateReader state) =>
        new([new Validator(new ValidatorKey(SignatureSchemeTag.Ed25519, new byte[32]), 1 + _reports.GetOr(state, 0))]);

    public bool IsSettled(IStateReader state, BlockHeight height, ReadOnlyMemory<byte> proof) =>
        _known.GetOr(state, proof.Span[0], 0) > 0;

    public Call Report(ReadOnlyMemory<byte> proof) => _report.Call(proof.Span[0]);

    private CallResult OnReport(CallContext context, ulong offence)
    {
        if (_known.GetOr(context, offence, 0) > 0)
        {
            return CallResult.Failure("reported before");
        }

        _known.Set(context, offence, 1);
        _reports.Set(context, _reports.GetOr(context, 0) + 1);
        return CallResult.Success;
    }
}
