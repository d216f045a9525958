using System.CommandLine;
using Chain.Core.App.Errors;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>What a transfer is: to whom, how much.</summary>
internal sealed class TransferOptions(VerbScope scope)
{
    private readonly Option<string> _to = new("--to") { Description = "an address, or the name of a key of this node", Required = true };
    private readonly Option<ulong> _amount = new("--amount") { Description = "coins in the smallest unit", Required = true };

    public void AddTo(Command command)
    {
        command.Options.Add(_to);
        command.Options.Add(_amount);
    }

    /// <summary>The call that the transaction carries.</summary>
    /// <exception cref="UsageException">The address is none.</exception>
    public Call Call(ParseResult parsed) =>
        new TokenModule().Transfer(Accounts.Find(scope, parsed, parsed.GetValue(_to)!), parsed.GetValue(_amount));
}
