using System.CommandLine;
using System.Security.Cryptography;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.App.Keys;
using Chain.Core.Crypto;

namespace Chain.Core.App.Transactions;

/// <summary>Who signs a transaction, and what it offers.</summary>
internal sealed class SigningOptions(VerbScope scope)
{
    private readonly PassphraseSource _passphrase = new(scope);
    private readonly Option<string> _from = new("--from") { Description = "the name of a key of this node", Required = true };
    private readonly Option<ulong> _fee = new("--fee") { Description = "what is offered to the block, in the smallest unit" };

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_fee);
        _passphrase.AddTo(command);
    }

    public ulong Fee(ParseResult parsed) => parsed.GetValue(_fee);

    /// <summary>Opens the key, which the caller disposes.</summary>
    /// <exception cref="UsageException">The key is not there or does not open.</exception>
    public Ed25519PrivateKey OpenKey(ParseResult parsed)
    {
        KeyFile file = KeyFile.Find(NodeHome.Of(scope, parsed), parsed.GetValue(_from)!);
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
