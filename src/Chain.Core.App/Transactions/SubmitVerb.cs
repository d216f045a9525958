using System.CommandLine;
using Chain.Core.App.Errors;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary><c>tx submit</c>: hands a signed transaction in.</summary>
internal static class SubmitVerb
{
    private const int MaxCharacters = 4 * 1024 * 1024;

    public static Command Create(VerbScope scope)
    {
        var command = new Command("submit", "Hands a signed transaction in.");
        var transaction = new Argument<string>("transaction") { Description = "its canonical bytes in hexadecimal, or - for standard input" };
        var address = new NodeAddress(scope);
        command.Arguments.Add(transaction);
        address.AddTo(command);
        command.SetAction(async (parsed, cancelled) =>
        {
            string given = parsed.GetValue(transaction)!;
            Transaction signed = Decode(given == "-" ? scope.Terminal.Input.ReadLine() ?? "" : given);
            using RpcClient client = address.Connect(parsed);
            Told.Id(scope, parsed, await client.SubmitAsync(signed, cancelled).ConfigureAwait(false));
            return 0;
        });
        return command;
    }

    private static Transaction Decode(string text)
    {
        string digits = text.Trim();
        digits = digits.StartsWith("0x", StringComparison.Ordinal) ? digits[2..] : digits;
        try
        {
            if (digits.Length <= MaxCharacters && WireValue.TryDecode(Convert.FromHexString(digits), out Transaction? transaction, out _))
            {
                return transaction;
            }
        }
        catch (FormatException)
        {
            // Told below.
        }

        throw new UsageException(FaultCode.Transaction, "this is no transaction", "the canonical bytes of a signed transaction in hexadecimal", "'tx sign' prints one");
    }
}
