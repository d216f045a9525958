using System.CommandLine;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.App.Keys;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>Accounts as people name them.</summary>
internal static class Accounts
{
    /// <summary>The account of an address, or of a key of this node.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static AccountAddress Find(VerbScope scope, ParseResult parsed, string text)
    {
        if (Hash256.TryParse(text, out Hash256 given))
        {
            return new AccountAddress(given);
        }

        return text.StartsWith("0x", StringComparison.Ordinal)
            ? throw new UsageException(FaultCode.Value, $"'{text}' is no address", "32 bytes in hexadecimal, or the name of a key of this node")
            : KeyFile.Find(NodeHome.Of(scope, parsed), text).Address;
    }
}
