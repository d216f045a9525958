using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Divergence;

/// <summary>Writes what it is told under a key, and under another what a function gives, which need not give the same again.</summary>
internal sealed class DriftModule : Module
{
    private readonly ModuleMethod<ulong> _write;

    public DriftModule(Func<ulong> drift)
        : base("drift")
    {
        Told = Value("told", Codecs.U64);
        Drifted = Value("drifted", Codecs.U64);
        _write = Method("write", Codecs.U64, (context, number) =>
        {
            Told.Set(context, number);
            Drifted.Set(context, drift());
            return CallResult.Success;
        });
    }

    public StateValue<ulong> Told { get; }

    public StateValue<ulong> Drifted { get; }

    public Call Write(ulong number) => _write.Call(number);
}
