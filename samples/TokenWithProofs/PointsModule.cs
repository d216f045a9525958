using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace TokenWithProofs;

/// <summary>A second token: its issuer makes points, and whoever has some gives them on.</summary>
internal sealed class PointsModule : Module
{
    private readonly AccountAddress _issuer;
    private readonly ModuleMethod<(AccountAddress To, ulong Amount)> _give;

    public PointsModule(AccountAddress issuer)
        : base("points")
    {
        _issuer = issuer;
        Balances = Map("balances", Codecs.Address, Codecs.U64);
        _give = Method("give", Codecs.Pair(Codecs.Address, Codecs.U64), OnGive);
    }

    public StateMap<AccountAddress, ulong> Balances { get; }

    public Call Give(AccountAddress to, ulong amount) => _give.Call((to, amount));

    private CallResult OnGive(CallContext context, (AccountAddress To, ulong Amount) gift)
    {
        if (context.Sender != _issuer)
        {
            ulong left = Balances.GetOr(context, context.Sender, 0);
            if (left < gift.Amount)
            {
                return CallResult.Failure("not so many points");
            }

            Balances.Set(context, context.Sender, left - gift.Amount);
        }

        ulong had = Balances.GetOr(context, gift.To, 0);
        if (had > ulong.MaxValue - gift.Amount)
        {
            return CallResult.Failure("too many points");
        }

        Balances.Set(context, gift.To, had + gift.Amount);
        return CallResult.Success;
    }
}
