using Chain.Core.Wire;

namespace Chain.Core.Ledger.Tests;

/// <summary>A module with every kind of misfortune that an author can have.</summary>
public sealed class TroubleModule : Module
{
    private readonly StateMap<ulong, ulong> _marks;
    private readonly ModuleMethod<(string First, ulong Second)> _do;

    public TroubleModule()
        : base("trouble")
    {
        _marks = Map("marks", Codecs.U64, Codecs.U64);
        _do = Method("do", Codecs.Pair(Codecs.Text(32), Codecs.U64), OnDo);
        Happened = Event("happened", Codecs.U64);
    }

    public ModuleEvent<ulong> Happened { get; }

    public Call Do(string what, ulong number = 0) => _do.Call((what, number));

    public bool IsMarked(IStateReader state, ulong number) => _marks.Contains(state, number);

    private CallResult OnDo(CallContext context, (string What, ulong Number) task)
    {
        _marks.Set(context, task.Number, 1);
        Happened.Emit(context, task.Number);
        switch (task.What)
        {
            case "overflow":
                return task.Number - (task.Number + 1) == 0 ? CallResult.Success : CallResult.Failure("never");
            case "null":
                return ((CallResult?)null)!.Value;
            case "fail":
                return CallResult.Failure(new string('é', 300));
            case "pay and fail":
                context.Module<TokenModule>().Move(context, context.Sender, TokenModule.FeeAccount, 5);
                return CallResult.Failure("changed my mind");
            case "spin":
                for (ulong i = 0; ; i++)
                {
                    _marks.Set(context, i, i);
                }

            case "spin and catch":
                return Spin(context);
            case "many events":
                for (ulong i = 0; i < task.Number; i++)
                {
                    Happened.Emit(context, i);
                }

                return CallResult.Success;
            default:
                return CallResult.Success;
        }
    }

    private CallResult Spin(CallContext context)
    {
        for (ulong i = 0; ; i++)
        {
            try
            {
                _marks.Set(context, i, i);
            }
            catch (Exception)
            {
                return CallResult.Success;
            }
        }
    }
}
