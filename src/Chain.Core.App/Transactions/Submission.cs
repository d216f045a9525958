using System.CommandLine;
using Chain.Core.Crypto;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>Signs a call in this process, hands it in, and waits for its block unless that is not wanted.</summary>
internal sealed class Submission(VerbScope scope)
{
    private readonly SigningOptions _signing = new(scope);
    private readonly NodeAddress _address = new(scope);
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "end as soon as the node has taken it" };

    public void AddTo(Command command)
    {
        _signing.AddTo(command);
        _address.AddTo(command);
        command.Options.Add(_noWait);
    }

    /// <summary>Asks the node for what the call depends on, before the key is opened.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<RpcClient, Task<Call>> makeCall, CancellationToken cancelled)
    {
        using RpcClient client = _address.Connect(parsed);
        Call call = await makeCall(client).ConfigureAwait(false);
        NodeStatusView status = await client.GetStatusAsync(cancelled).ConfigureAwait(false);
        using Ed25519PrivateKey key = _signing.OpenKey(parsed);
        var wallet = new Wallet(key, status.Genesis);
        await wallet.RefreshAsync(client, fee: _signing.Fee(parsed), cancellation: cancelled).ConfigureAwait(false);
        Transaction signed = wallet.Sign(call);
        if (!parsed.GetValue(_noWait))
        {
            return Told.Progress(scope, parsed, signed.Id, await client.SubmitAndWaitAsync(signed, cancelled).ConfigureAwait(false));
        }

        Told.Id(scope, parsed, await client.SubmitAsync(signed, cancelled).ConfigureAwait(false));
        return 0;
    }
}
