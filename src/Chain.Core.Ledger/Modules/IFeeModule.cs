using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>A module that transaction fees are paid with. A chain has at most one; without one every fee must be 0.</summary>
public interface IFeeModule
{
    /// <summary>How much <paramref name="payer"/> could pay.</summary>
    /// <remarks>It is also asked beforehand, to learn which keys it reads: the state tells it then that nothing is set, and its answer counts for nothing.</remarks>
    ulong Spendable(IStateReader state, AccountAddress payer);

    /// <summary>Takes the fee from <paramref name="payer"/>, or changes nothing and answers false where it cannot be paid.</summary>
    bool TryPay(CallContext context, AccountAddress payer, ulong fee);
}
