using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests.Divergence;

/// <summary>Keeps under a number what its build makes of it, and something at the end of a block.</summary>
internal sealed class RuleModule : Module, IBlockModule
{
    private readonly ulong _end;
    private readonly ModuleMethod<ulong> _keep;

    /// <param name="rule">What is kept under a number; null where nothing is.</param>
    /// <param name="end">What is kept at the end of a block.</param>
    public RuleModule(Func<ulong, ulong?> rule, ulong end = 1)
        : base("rule")
    {
        _end = end;
        Kept = Map("kept", Codecs.U64, Codecs.U64);
        End = Value("end", Codecs.U64);
        _keep = Method("keep", Codecs.U64, (context, number) =>
        {
            if (rule(number) is { } made)
            {
                Kept.Set(context, number, made);
            }

            return CallResult.Success;
        });
    }

    public StateMap<ulong, ulong> Kept { get; }

    public StateValue<ulong> End { get; }

    public Call Keep(ulong number) => _keep.Call(number);

    public void EndBlock(CallContext context, BlockActivity? activity) => End.Set(context, _end);
}
