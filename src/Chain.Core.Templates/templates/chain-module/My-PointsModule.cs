using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace My_Points;

/// <summary>Points that accounts give each other: whoever gives may give any number, whoever has may spend.</summary>
public sealed class My_PointsModule : Module
{
    private readonly StateMap<AccountAddress, ulong> _points;
    private readonly ModuleMethod<(AccountAddress To, ulong Count)> _give;
    private readonly ModuleMethod<ulong> _spend;

    public My_PointsModule()
        : base("my-points")
    {
        _points = Map("points", Codecs.Address, Codecs.U64);
        _give = Method("give", Codecs.Pair(Codecs.Address, Codecs.U64), OnGive);
        _spend = Method("spend", Codecs.U64, OnSpend);
        Given = Event("given", Codecs.Pair(Codecs.Address, Codecs.U64));
    }

    /// <summary>Reported by each gift: to whom, and how many.</summary>
    public ModuleEvent<(AccountAddress To, ulong Count)> Given { get; }

    /// <summary>The call that gives points.</summary>
    public Call Give(AccountAddress to, ulong count) => _give.Call((to, count));

    /// <summary>The call that spends points of the sender.</summary>
    public Call Spend(ulong count) => _spend.Call(count);

    /// <summary>How many points an account has.</summary>
    public ulong PointsOf(IStateReader state, AccountAddress account) => _points.GetOr(state, account, 0);

    private CallResult OnGive(CallContext context, (AccountAddress To, ulong Count) gift)
    {
        ulong before = PointsOf(context, gift.To);
        if (gift.Count > ulong.MaxValue - before)
        {
            return CallResult.Failure("nobody can have that many");
        }

        _points.Set(context, gift.To, before + gift.Count);
        Given.Emit(context, gift);
        return CallResult.Success;
    }

    private CallResult OnSpend(CallContext context, ulong count)
    {
        ulong before = PointsOf(context, context.Sender);
        if (count > before)
        {
            return CallResult.Failure("there are too few points");
        }

        _points.Set(context, context.Sender, before - count);
        return CallResult.Success;
    }
}
