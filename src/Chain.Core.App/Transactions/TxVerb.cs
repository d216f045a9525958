using System.CommandLine;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx send|call|calls|sign|submit|show|watch</c>.</summary>
internal static class TxVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("tx", "Sends coins, calls modules and follows transactions. Keys never leave this process.");
        command.Subcommands.Add(SendVerb.Create(scope));
        command.Subcommands.Add(CallVerb.Create(scope));
        command.Subcommands.Add(CallsVerb.Create(scope));
        command.Subcommands.Add(SignVerb.Create(scope));
        command.Subcommands.Add(SubmitVerb.Create(scope));
        command.Subcommands.Add(ShowVerb.Create(scope));
        command.Subcommands.Add(WatchVerb.Create(scope));
        return command;
    }
}
