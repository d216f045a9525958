using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace WalletSample;

/// <summary>
/// A wallet in three commands. The key stays in its encrypted file: transactions are signed here, and the node gets nothing
/// but signed bytes. The passphrase is the first line of standard input, never a word of the command line.
/// </summary>
internal static class WalletProgram
{
    private const int WrongUsage = 78;

    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter errors, KeystoreKdf? cost = null)
    {
        try
        {
            switch (args)
            {
                case ["new", string file]:
                    using (Ed25519PrivateKey made = KeyFile.Create(file, Passphrase(input), cost ?? KeystoreKdf.Default))
                    {
                        await output.WriteLineAsync($"0x{AddressOf(made).Value}");
                    }

                    return 0;
                case ["balance", string url, string address]:
                    using (var client = new RpcClient(new Uri(url)))
                    {
                        await output.WriteLineAsync((await client.GetBalanceAsync(Parse(address))).ToString(CultureInfo.InvariantCulture));
                    }

                    return 0;
                case ["send", string url, string file, string to, string amount]:
                    return await SendAsync(url, file, Passphrase(input), Parse(to), ulong.Parse(amount, CultureInfo.InvariantCulture), output, errors);
                default:
                    await errors.WriteLineAsync("usage: new <file> | balance <url> <address> | send <url> <file> <to> <amount>");
                    return WrongUsage;
            }
        }
        catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(wrong.Message);
            return WrongUsage;
        }
        catch (Exception failed) when (failed is RpcException or HttpRequestException or TimeoutException)
        {
            await errors.WriteLineAsync(failed.Message);
            return 1;
        }
    }

    private static async Task<int> SendAsync(
        string url, string file, string passphrase, AccountAddress to, ulong amount, TextWriter output, TextWriter errors)
    {
        using Ed25519PrivateKey? key = KeyFile.Open(file, passphrase);
        if (key is null)
        {
            await errors.WriteLineAsync($"{file} does not open with this passphrase");
            return WrongUsage;
        }

        using var client = new RpcClient(new Uri(url));
        NodeStatusView status = await client.GetStatusAsync();
        var wallet = new Wallet(key, status.Genesis);
        await wallet.RefreshAsync(client);
        Transaction signed = wallet.Sign(new TokenModule().Transfer(to, amount));
        await foreach (TransactionProgress progress in client.SubmitAndWatchAsync(signed))
        {
            await output.WriteLineAsync(progress.ToString());
            bool isDone = progress.IsLast || (progress.Stage == TransactionStage.InBlock && status.Consensus != "pos");
            if (isDone)
            {
                // Only validators make blocks final; elsewhere you decide how deep is deep enough.
                return progress.Receipt is { IsApplied: true } ? 0 : 1;
            }
        }

        return 1;
    }

    private static string Passphrase(TextReader input) =>
        input.ReadLine() is { Length: > 0 } line ? line : throw new FormatException("expected the passphrase in the first line of standard input");

    private static AccountAddress AddressOf(Ed25519PrivateKey key) => AccountAddress.FromKey(key.Scheme, key.PublicKey.Span);

    private static AccountAddress Parse(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && Hash256.TryParse(text[2..], out Hash256 hash)
            ? new AccountAddress(hash)
            : throw new FormatException($"'{text}' is no address: expected 0x and 64 digits");
}
