using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx show</c>: a transaction of the chain, or one that waits.</summary>
internal static class ShowVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("show", "Shows a transaction and what became of it.");
        Argument<TransactionId> id = Told.IdArgument();
        var address = new NodeAddress(scope);
        command.Arguments.Add(id);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            using RpcClient client = address.Connect(parsed);
            TransactionStatusView found = await client.GetTransactionAsync(parsed.GetValue(id), cancelled).ConfigureAwait(false);
            TransactionView shown = found.Transaction;
            var json = new JsonObject
            {
                ["id"] = $"0x{found.Id.Value}",
                ["status"] = found.Status,
                ["height"] = found.Block?.Height.Value,
                ["sender"] = $"0x{shown.Sender.Value}",
                ["nonce"] = shown.Nonce,
                ["fee"] = shown.Fee,
                ["call"] = $"{shown.Module}.{shown.Method}",
                ["receipt"] = found.Receipt?.Status,
                ["reason"] = found.Receipt?.Reason,
            };
            scope.Answer(parsed, json, output =>
            {
                output.WriteLine($"0x{found.Id.Value}");
                output.WriteLine(OneLine.Of(found.Block is { } block ? $"{found.Status} in #{block.Height}: {found.Receipt?.Status} {found.Receipt?.Reason}".TrimEnd() : found.Status));
                output.WriteLine(OneLine.Of($"{shown.Module}.{shown.Method} of 0x{shown.Sender.Value}, nonce {shown.Nonce}, fee {shown.Fee}"));
            });
            return 0;
        });
        return command;
    }
}
