using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Ledger;

/// <summary>What <see cref="ReadAccountsJob"/> found.</summary>
/// <param name="StateRoot">The state that was asked.</param>
/// <param name="Accounts">In the order in which they were asked for.</param>
public sealed record AccountsRead(Hash256 StateRoot, IReadOnlyList<AccountStanding> Accounts) : JobResult;
