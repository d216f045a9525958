using System.Net;
using System.Text;
using Chain.Core.Rpc.Tests;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>Calls, the wallet, and servers that answer nonsense.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Calls_OfASmallChain_AreRead()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        await served.Client.SubmitAsync(TestChain.Pay(served.Node.Chain, 0, 5));
        MempoolView pool = await served.Client.GetMempoolAsync();
        await served.Node.SealAsync();

        NodeStatusView status = await served.Client.GetStatusAsync();
        BlockView block = await served.Client.GetBlockAsync(BlockQuery.At(new BlockHeight(1)), isFull: true);
        AccountView account = await served.Client.GetAccountAsync(TestChain.AliceAddress);
        SimulationView simulated = await served.Client.SimulateAsync(TestChain.Pay(served.Node.Chain, 1));
        EstimateView estimate = await served.Client.EstimateAsync(
            TestChain.Alice.Scheme, TestChain.Alice.PublicKey, TestChain.Token.Transfer(TestChain.Bob, 1));

        Assert.Equal(1, pool.Count);
        Assert.Equal(served.Node.Chain.GenesisId, status.Genesis);
        Assert.Equal(served.Node.Head.Id, (await served.Client.GetHeadAsync()).Id);
        Assert.Equal(served.Node.Head.Id, (await served.Client.GetHeaderAsync(BlockQuery.At(served.Node.Head.Id))).Id);
        Assert.Equal("transfer", Assert.Single(block.Transactions!).Transaction.Method);
        Assert.Equal((1UL, 999_995UL), (account.NextNonce, account.Balance!.Value));
        Assert.Equal(5UL, await served.Client.GetBalanceAsync(TestChain.Bob));
        Assert.Equal(0UL, await served.Client.GetBalanceAsync(TestChain.Bob, BlockQuery.At(BlockHeight.Genesis)));
        Assert.True(simulated.Receipt.IsApplied);
        Assert.Equal(1UL, estimate.NextNonce);
        Assert.Equal(0, (await served.Client.GetPeersAsync()).Count);
        Assert.Equal(BlockHeight.Genesis, (await served.Client.GetFinalizedAsync()).Height);
        Assert.Equal("CC4026", (await Assert.ThrowsAsync<RpcException>(() => served.Client.GetValidatorsAsync())).Code);
        Assert.Equal("CC4021", (await Assert.ThrowsAsync<RpcException>(() => served.Client.GetTransactionAsync(default))).Code);
        Assert.Equal("CC4020", (await Assert.ThrowsAsync<RpcException>(() => served.Client.GetHeaderAsync(BlockQuery.At(new BlockHeight(9))))).Code);
    }

    [Fact]
    public async Task Validators_OfAChainWithStake_AreRead()
    {
        await using Served served = await Served.StartAsync(StakeChain.StartAsync());

        ValidatorsView validators = await served.Client.GetValidatorsAsync();

        Assert.Equal(10_000UL, validators.TotalStake);
        Assert.NotNull(Assert.Single(validators.Validators).Operator);
    }

    [Fact]
    public async Task Wallet_SignedOffline_IsTakenInTheOrderOfItsNonces()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        var wallet = new Wallet(TestChain.Alice, served.Node.Chain.GenesisId);
        Transaction first = wallet.Sign(TestChain.Token.Transfer(TestChain.Bob, 1));
        Transaction second = wallet.Sign(TestChain.Token.Transfer(TestChain.Bob, 2));

        await served.Client.SubmitAsync(first);
        await served.Client.SubmitAsync(second);
        await served.Node.SealAsync();

        Assert.Equal(2UL, wallet.NextNonce);
        Assert.Equal(3UL, await served.Client.GetBalanceAsync(TestChain.Bob));
    }

    [Fact]
    public async Task Wallet_Refreshed_GoesOnFromTheChain()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        await served.Client.SubmitAsync(TestChain.Pay(served.Node.Chain, 0));
        await served.Node.SealAsync();
        var wallet = new Wallet(TestChain.Alice, served.Node.Chain.GenesisId);

        await wallet.RefreshAsync(served.Client, lifetime: 10);
        Transaction next = wallet.Sign(TestChain.Token.Transfer(TestChain.Bob, 1));

        Assert.Equal((1UL, 11UL), (next.Terms.Nonce, next.Terms.ValidUntil.Value));
        await served.Client.SubmitAsync(next);
    }

    [Fact]
    public async Task Wallet_OfAnotherChain_SaysSo()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        var wallet = new Wallet(TestChain.Alice, new BlockId(Crypto.Sha256.Hash("other"u8)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => wallet.RefreshAsync(served.Client));
        Assert.Equal("CC4103", (await Assert.ThrowsAsync<RpcException>(
            () => served.Client.SubmitAsync(wallet.Sign(TestChain.Token.Transfer(TestChain.Bob, 1))))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"result":5}""")]
    [InlineData("""{"result":{}}""")]
    [InlineData("""{"result":{"height":"0x1"}}""")]
    [InlineData("""{"result":{"height":1,"id":"0x1111111111111111111111111111111111111111111111111111111111111111"}}""")]
    [InlineData("""{"result":{"height":"0x1","id":"0x11"}}""")]
    [InlineData("""{"result":{"height":"0x1","id":null}}""")]
    [InlineData("""{"result":{"height":"0x11111111111111111","id":"0x1111111111111111111111111111111111111111111111111111111111111111"}}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{"code":"x"}}""")]
    public async Task Call_ServerAnswersNonsense_IsAProtocolFault(string answer)
    {
        using var client = new RpcClient(new Uri("http://127.0.0.1:1"), null, new CannedHandler(answer));

        await Assert.ThrowsAsync<RpcProtocolException>(() => client.GetHeadAsync());
    }

    [Fact]
    public async Task Call_AnswerOverTheLimit_IsNotRead()
    {
        using var client = new RpcClient(
            new Uri("http://127.0.0.1:1"), new RpcClientOptions { MaxAnswerBytes = 1000 }, new CannedHandler(new string(' ', 100_000)));

        await Assert.ThrowsAsync<RpcProtocolException>(() => client.GetHeadAsync());
    }

    [Fact]
    public async Task Call_ErrorWithoutOurData_IsStillAnError()
    {
        using var client = new RpcClient(
            new Uri("http://127.0.0.1:1"), null, new CannedHandler("""{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}"""));

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => client.GetHeadAsync());

        Assert.Equal(-32601, refused.Number);
        Assert.Equal("", refused.Code);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("file:///tmp")]
    public void Client_OfAnotherScheme_IsRefused(string url) => Assert.Throws<ArgumentException>(() => new RpcClient(new Uri(url)));

    private sealed class CannedHandler(string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") });
    }
}
