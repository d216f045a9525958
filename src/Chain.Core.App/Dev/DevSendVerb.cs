using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App.Errors;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Rpc;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Dev;

/// <summary><c>send</c>: a payment between accounts for development, through a node on this machine.</summary>
internal static class DevSendVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create(VerbScope scope)
    {
        var command = new Command("send", "Sends coins from an account for development, such as alice, and waits for the block.");
        var from = new Argument<string>("from") { Description = "alice, bob, carol, dave, erin, frank, grace, heidi, ivan or judy" };
        var to = new Argument<string>("to") { Description = "one of these, or an address" };
        var amount = new Argument<ulong>("amount") { Description = "in the smallest unit" };
        var rpc = new Option<string>("--rpc")
        {
            Description = "the node, on this machine",
            DefaultValueFactory = static _ => $"http://127.0.0.1:{RpcServerOptions.DefaultPort}/",
        };
        from.CompletionSources.Add([.. DevKey.All.Select(static key => key.Name)]);
        to.CompletionSources.Add([.. DevKey.All.Select(static key => key.Name)]);
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        command.Arguments.Add(amount);
        command.Options.Add(rpc);
        command.SetAction((parsed, cancelled) =>
            SendAsync(scope, parsed, FindKey(parsed.GetValue(from)!), parsed.GetValue(to)!, parsed.GetValue(amount), parsed.GetValue(rpc)!, cancelled));
        return command;
    }

    private static async Task<int> SendAsync(
        VerbScope scope, ParseResult parsed, DevKey payer, string to, ulong amount, string rpc, CancellationToken cancelled)
    {
        AccountAddress payee = FindAddress(to);
        if (!Uri.TryCreate(rpc, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp || !url.IsLoopback)
        {
            throw new UsageException(FaultCode.DevKey, $"--rpc {rpc}: everybody has the key of {payer.Name}", "a node on this machine, such as http://127.0.0.1:8645");
        }

        using var client = new RpcClient(url, new RpcClientOptions { Timeout = Patience });
        NodeStatusView status = await client.GetStatusAsync(cancelled).ConfigureAwait(false);
        Call transfer = new TokenModule().Transfer(payee, amount);
        EstimateView estimate = await client.EstimateAsync(payer.Key.Scheme, payer.Key.PublicKey, transfer, cancelled).ConfigureAwait(false);
        var wallet = new Wallet(payer.Key, status.Genesis);
        await wallet.RefreshAsync(client, fee: estimate.MinFee, cancellation: cancelled).ConfigureAwait(false);
        TransactionProgress done = await client.SubmitAndWaitAsync(wallet.Sign(transfer), cancelled).WaitAsync(Patience, cancelled).ConfigureAwait(false);
        BlockQuery block = BlockQuery.At(done.Block!.Id);
        ulong left = await client.GetBalanceAsync(payer.Address, block, cancelled).ConfigureAwait(false);
        ulong got = await client.GetBalanceAsync(payee, block, cancelled).ConfigureAwait(false);
        Answer(scope, parsed, done, (payer.Name, left), (to, got));
        return done.Receipt!.IsApplied ? 0 : 1;
    }

    private static void Answer(VerbScope scope, ParseResult parsed, TransactionProgress done, (string Name, ulong Coins) from, (string Name, ulong Coins) to)
    {
        ReceiptView receipt = done.Receipt!;
        ulong height = done.Block!.Height.Value;
        scope.Answer(
            parsed,
            new JsonObject
            {
                ["id"] = $"0x{done.Id.Value}",
                ["status"] = receipt.Status,
                ["reason"] = receipt.Reason,
                ["height"] = height,
                ["balances"] = new JsonObject { [from.Name] = from.Coins, [to.Name] = to.Coins },
            },
            output =>
            {
                output.WriteLine($"{receipt.Status} in block #{height}{(receipt.Reason.Length == 0 ? "" : $": {receipt.Reason}")}");
                output.WriteLine($"{from.Name} has {from.Coins}, {to.Name} has {to.Coins}");
            });
    }

    private static DevKey FindKey(string name) => DevKey.Find(name) ?? throw new UsageException(
        FaultCode.DevKey,
        $"there is no key of '{name}'",
        string.Join(", ", DevKey.All.Select(static key => key.Name)),
        Nearest.To(name, DevKey.All.Select(static key => key.Name)) is { } near ? $"did you mean {near}?" : null);

    private static AccountAddress FindAddress(string text)
    {
        if (DevKey.Find(text) is { } key)
        {
            return key.Address;
        }

        string digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        return Hash256.TryParse(digits, out Hash256 hash) ? new AccountAddress(hash) : FindKey(text).Address;
    }
}
