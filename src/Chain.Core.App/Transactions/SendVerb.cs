using System.CommandLine;
using Chain.Core.Crypto;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx send</c>: signs a transfer here, hands it in and waits for its block.</summary>
internal static class SendVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("send", "Signs a transfer in this process, hands it in and waits until a block has it.");
        var transfer = new TransferOptions(scope);
        var address = new NodeAddress(scope);
        var noWait = new Option<bool>("--no-wait") { Description = "end as soon as the node has taken it" };
        transfer.AddTo(command);
        address.AddTo(command);
        command.Options.Add(noWait);
        command.SetAction(async (parsed, cancelled) =>
        {
            Call call = transfer.Call(parsed);
            using RpcClient client = address.Connect(parsed);
            NodeStatusView status = await client.GetStatusAsync(cancelled).ConfigureAwait(false);
            using Ed25519PrivateKey key = transfer.OpenKey(parsed);
            var wallet = new Wallet(key, status.Genesis);
            await wallet.RefreshAsync(client, fee: transfer.Fee(parsed), cancellation: cancelled).ConfigureAwait(false);
            Transaction signed = wallet.Sign(call);
            if (!parsed.GetValue(noWait))
            {
                return Told.Progress(scope, parsed, signed.Id, await client.SubmitAndWaitAsync(signed, cancelled).ConfigureAwait(false));
            }

            Told.Id(scope, parsed, await client.SubmitAsync(signed, cancelled).ConfigureAwait(false));
            return 0;
        });
        return command;
    }
}
