using System.CommandLine;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx send</c>: signs a transfer here, hands it in and waits for its block.</summary>
internal static class SendVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("send", "Signs a transfer in this process, hands it in and waits until a block has it.");
        var transfer = new TransferOptions(scope);
        var submission = new Submission(scope);
        transfer.AddTo(command);
        submission.AddTo(command);
        command.SetAction((parsed, cancelled) =>
        {
            Call call = transfer.Call(parsed);
            return submission.RunAsync(parsed, _ => Task.FromResult(call), cancelled);
        });
        return command;
    }
}
