using System.CommandLine;
using System.Text.Json.Nodes;
using Chain.Core.Crypto;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Transactions;

/// <summary>How transactions are named and their ways told.</summary>
internal static class Told
{
    public static Argument<TransactionId> IdArgument() => new("id")
    {
        Description = "the id of a transaction, 32 bytes in hexadecimal",
        CustomParser = static result =>
        {
            if (Hash256.TryParse(result.Tokens[0].Value, out Hash256 id))
            {
                return new TransactionId(id);
            }

            result.AddError($"'{result.Tokens[0].Value}' is no id of a transaction: expected 32 bytes in hexadecimal");
            return default;
        },
    };

    public static void Id(VerbScope scope, ParseResult parsed, TransactionId id) =>
        scope.Answer(parsed, new JsonObject { ["id"] = $"0x{id.Value}", ["stage"] = "Pending" }, output => output.WriteLine($"0x{id.Value} pending"));

    /// <returns>0 where the call did what it says, or may still; 1 where it was refused or failed.</returns>
    public static int Progress(VerbScope scope, ParseResult parsed, TransactionId id, TransactionProgress progress)
    {
        var json = new JsonObject
        {
            ["id"] = $"0x{id.Value}",
            ["stage"] = progress.Stage.ToString(),
            ["height"] = progress.Block?.Height.Value,
            ["receipt"] = progress.Receipt?.Status,
            ["reason"] = progress.Reason ?? progress.Receipt?.Reason,
            ["code"] = progress.Code,
        };
        scope.Answer(parsed, json, output => output.WriteLine(OneLine.Of($"0x{id.Value} {progress} {progress.Receipt?.Status} {progress.Receipt?.Reason}".TrimEnd())));
        bool isWell = progress.Stage != TransactionStage.Refused && progress.Receipt?.IsApplied != false;
        return isWell ? 0 : 1;
    }
}
