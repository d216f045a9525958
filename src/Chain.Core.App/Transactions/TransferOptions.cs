using System.CommandLine;
using System.Security.Cryptography;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.App.Keys;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>What a transfer is: from which key, to whom, how much.</summary>
internal sealed class TransferOptions
{
    private readonly VerbScope _scope;
    private readonly PassphraseSource _passphrase;
    private readonly Option<string> _from = new("--from") { Description = "the name of a key of this node", Required = true };
    private readonly Option<string> _to = new("--to") { Description = "an address, or the name of a key of this node", Required = true };
    private readonly Option<ulong> _amount = new("--amount") { Description = "coins in the smallest unit", Required = true };
    private readonly Option<ulong> _fee = new("--fee") { Description = "what is offered to the block, in the smallest unit" };

    public TransferOptions(VerbScope scope)
    {
        _scope = scope;
        _passphrase = new PassphraseSource(scope);
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_to);
        command.Options.Add(_amount);
        command.Options.Add(_fee);
        _passphrase.AddTo(command);
    }

    public ulong Fee(ParseResult parsed) => parsed.GetValue(_fee);

    /// <summary>The call that the transaction carries.</summary>
    /// <exception cref="UsageException">The address is none.</exception>
    public Call Call(ParseResult parsed)
    {
        string to = parsed.GetValue(_to)!;
        AccountAddress address = Hash256.TryParse(to, out Hash256 given) ? new AccountAddress(given) : KeyFile.Find(NodeHome.Of(_scope, parsed), to).Address;
        return new TokenModule().Transfer(address, parsed.GetValue(_amount));
    }

    /// <summary>Opens the key, which the caller disposes.</summary>
    /// <exception cref="UsageException">The key is not there or does not open.</exception>
    public Ed25519PrivateKey OpenKey(ParseResult parsed)
    {
        KeyFile file = KeyFile.Find(NodeHome.Of(_scope, parsed), parsed.GetValue(_from)!);
        byte[] seed = file.Open(_passphrase.Read(parsed, $"passphrase of {file.Path}"));
        try
        {
            return new Ed25519PrivateKey(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
