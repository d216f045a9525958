using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.App.Genesis;
using Chain.Core.App.Home;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx sign</c>: signs a transfer without any connection, for the chain of the node's folder.</summary>
internal static class SignVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("sign", "Signs a transfer without any connection and prints it; 'tx submit' hands it in elsewhere.");
        var signing = new SigningOptions(scope);
        var transfer = new TransferOptions(scope);
        var nonce = new Option<ulong>("--nonce") { Description = "how many transactions of the account come before it", Required = true };
        var validUntil = new Option<ulong>("--valid-until") { Description = "the last height at which a block may have it", DefaultValueFactory = static _ => ulong.MaxValue };
        signing.AddTo(command);
        transfer.AddTo(command);
        command.Options.Add(nonce);
        command.Options.Add(validUntil);
        command.SetAction(parsed =>
        {
            var terms = new TransactionTerms(parsed.GetValue(nonce), signing.Fee(parsed), new BlockHeight(parsed.GetValue(validUntil)), transfer.Call(parsed));
            BlockId genesis = HomeChain.Open(scope.App, NodeHome.Of(scope, parsed)).GenesisId;
            using Ed25519PrivateKey key = signing.OpenKey(parsed);
            Transaction signed = Transaction.Sign(in terms, genesis, key);
            string text = $"0x{Convert.ToHexStringLower(signed.Encoded.Span)}";
            scope.Answer(parsed, new JsonObject { ["id"] = $"0x{signed.Id.Value}", ["transaction"] = text }, output => output.WriteLine(text));
            return 0;
        });
        return command;
    }
}
