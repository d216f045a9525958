using System.Globalization;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Rpc.Client;
using Chain.Core.Rpc.Client.Tests;
using Chain.Core.Wire;
using TokenWithProofs;
using WalletSample;

namespace Chain.Core.Samples.Tests;

/// <summary>The sample Wallet against a chain whose blocks become final, and against a dev chain.</summary>
public sealed class WalletTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly KeystoreKdf Cheap = new KeystoreKdf.Scrypt(16, 8, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("chain-core-wallet-").FullName;

    private string KeyFile => Path.Combine(_folder, "key.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Send_OnAChainWithValidators_TellsEveryStageUntilFinal()
    {
        await using Served served = await Served.StartAsync(PointsChain.StartAsync());
        AccountAddress mine = await CreateAsync();
        var funder = new Wallet(DevKey.All[0].Key, served.Node.Chain.GenesisId);
        await served.Client.SubmitAndWaitAsync(funder.Sign(new TokenModule().Transfer(mine, 100))).WaitAsync(Patience);

        (int exit, string said, _) = await RunAsync("secret", "send", served.Server.Url.ToString(), KeyFile, Name(DevKey.All[1].Address), "30");

        Assert.Equal(0, exit);
        Assert.Matches(@"^(Pending\n)?(InBlock #\d+\n)?Finalized\n$", said);
        Assert.Equal("30\n", (await RunAsync("", "balance", served.Server.Url.ToString(), Name(DevKey.All[1].Address))).Said);
    }

    [Fact]
    public async Task Send_OnADevChain_EndsInABlock()
    {
        await using Served served = await Served.StartAsync(ChainNode.CreateDevAsync());
        AccountAddress mine = await CreateAsync();
        await served.Node.Dev!.FundAsync(mine, 5);

        (int exit, string said, _) = await RunAsync("secret", "send", served.Server.Url.ToString(), KeyFile, Name(DevKey.All[1].Address), "5");

        Assert.Equal(0, exit);
        Assert.EndsWith("InBlock #2\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyFile_WrongPassphraseOrModeOrName_IsTold()
    {
        await CreateAsync();

        Assert.Equal(78, (await RunAsync("wrong", "send", "http://127.0.0.1:1", KeyFile, Name(default), "1")).Exit);
        Assert.Equal(78, (await RunAsync("secret", "new", KeyFile)).Exit); // no file is overwritten
        Assert.Equal(1, (await RunAsync("secret", "send", "http://127.0.0.1:1", KeyFile, Name(default), "1")).Exit);
        Assert.Equal(78, (await RunAsync("", "dance")).Exit);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    private static string Name(AccountAddress address) => $"0x{address.Value}";

    private static async Task<(int Exit, string Said, string Errors)> RunAsync(string input, params string[] args)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        await using var errors = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exit = await WalletProgram.RunAsync(args, reader, output, errors, Cheap).WaitAsync(Patience);
        return (exit, output.ToString(), errors.ToString());
    }

    private async Task<AccountAddress> CreateAsync()
    {
        (int exit, string said, _) = await RunAsync("secret", "new", KeyFile);
        Assert.Equal(0, exit);
        return new AccountAddress(Hash256.Parse(said.Trim()[2..]));
    }
}
