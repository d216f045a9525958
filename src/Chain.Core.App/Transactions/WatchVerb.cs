using System.CommandLine;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx watch</c>: where a transaction is, until it is final or refused.</summary>
internal static class WatchVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("watch", "Tells where a transaction is whenever that changes, until it is final or refused.");
        Argument<TransactionId> id = Told.IdArgument();
        var untilBlock = new Option<bool>("--until-block") { Description = "end as soon as a block has it; not every engine makes blocks final" };
        var address = new NodeAddress(scope);
        command.Arguments.Add(id);
        command.Options.Add(untilBlock);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            using RpcClient client = address.Connect(parsed);
            int exit = 1;
            await foreach (TransactionProgress progress in client.WatchAsync(parsed.GetValue(id), cancelled).ConfigureAwait(false))
            {
                exit = Told.Progress(scope, parsed, progress.Id, progress);
                if (progress.Stage == TransactionStage.InBlock && parsed.GetValue(untilBlock))
                {
                    break;
                }
            }

            return exit;
        });
        return command;
    }
}
