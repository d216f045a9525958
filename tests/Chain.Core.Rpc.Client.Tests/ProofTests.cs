using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Rpc.Tests;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>What is read with proofs is right, or nothing is read.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task Get_SetAndUnsetKeys_AreProved()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        BlockHeader trusted = await served.Client.GetHeaderAsync();
        var reader = new ProofReader(served.Client, trusted);

        Assert.Equal((true, 1_000_000UL), await reader.GetAsync(TestChain.Token.Balances, TestChain.AliceAddress));
        Assert.False((await reader.GetAsync(TestChain.Token.Balances, TestChain.Bob)).IsSet);
        Assert.Null(await reader.GetBytesAsync("token", TestChain.Token.Balances.KeyOf(TestChain.Bob)));
        Assert.NotNull(await reader.GetBytesAsync("token", TestChain.Token.Balances.KeyOf(TestChain.AliceAddress)));
    }

    [Fact]
    public async Task Get_HeadHasMoved_StillReadsTheTrustedBlock()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        var reader = new ProofReader(served.Client, await served.Client.GetHeaderAsync());
        await served.Client.SubmitAsync(TestChain.Pay(served.Node.Chain, 0, 5));
        await served.Node.SealAsync();

        Assert.Equal((true, 1_000_000UL), await reader.GetAsync(TestChain.Token.Balances, TestChain.AliceAddress));
        Assert.Equal(999_995UL, await served.Client.GetBalanceAsync(TestChain.AliceAddress));
    }

    [Fact]
    public async Task Get_AnyBitOfTheProofIsChanged_IsRefused()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        BlockHeader trusted = await served.Client.GetHeaderAsync();
        int length = (await served.Client.GetStateWithProofAsync("token", TestChain.Token.Balances.KeyOf(TestChain.AliceAddress))).Proof.Length;
        for (int bit = 0; bit < 8 * length; bit += 7)
        {
            int flipped = bit;
            using var liar = new LyingHandler(answer =>
            {
                byte[] proof = Convert.FromHexString(((string)answer["result"]!["proof"]!)[2..]);
                proof[flipped / 8] ^= (byte)(1 << (flipped % 8));
                answer["result"]!["proof"] = "0x" + Convert.ToHexString(proof);
            });
            using var client = new RpcClient(served.Server.Url, null, liar);

            await Assert.ThrowsAsync<ProofException>(() => new ProofReader(client, trusted).GetAsync(TestChain.Token.Balances, TestChain.AliceAddress));
        }
    }

    [Fact]
    public async Task Get_ServerLiesBesideTheProof_IsNotBelieved()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        BlockHeader trusted = await served.Client.GetHeaderAsync();
        using var liar = new LyingHandler(answer =>
        {
            answer["result"]!["value"] = "0x05";
            answer["result"]!["stateRoot"] = "0x" + new string('1', 64);
        });
        using var client = new RpcClient(served.Server.Url, null, liar);

        Assert.Equal((true, 1_000_000UL), await new ProofReader(client, trusted).GetAsync(TestChain.Token.Balances, TestChain.AliceAddress));
    }

    [Fact]
    public async Task GetHeader_OfAnotherIdThanItSays_IsRefused()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());
        using var liar = new LyingHandler(answer => answer["result"]!["id"] = "0x" + new string('1', 64));
        using var client = new RpcClient(served.Server.Url, null, liar);

        await Assert.ThrowsAsync<RpcProtocolException>(() => client.GetHeaderAsync());
    }

    [Fact]
    public async Task Advance_FromGenesisOverEpochs_ProvesABalanceByCertificatesAlone()
    {
        await using Served served = await Served.StartAsync(StakeChain.StartAsync());
        await served.Client.SubmitAndWaitAsync(TestChain.Pay(served.Node.Chain, 0, 7)).WaitAsync(Waits.Patience);
        await served.Node.WaitForHeightAsync(served.Node.Head.Height.Value + 12);
        LightChain chain = Follow(served.Client, served.Node.Chain.Genesis.Header);

        BlockHeader trusted = await chain.AdvanceAsync().WaitAsync(Waits.Patience);

        Assert.True(trusted.Height.Value >= 10, $"#{trusted.Height}");
        Assert.Equal((true, 7UL), await chain.Read().GetAsync(TestChain.Token.Balances, TestChain.Bob));
    }

    [Fact]
    public async Task Advance_CertificateIsForged_TrustsNothingMore()
    {
        await using Served served = await Served.StartAsync(StakeChain.StartAsync());
        await served.Node.WaitForHeightAsync(8);
        using var liar = new LyingHandler(answer =>
        {
            string certificate = (string)answer["result"]!["certificate"]!;
            answer["result"]!["certificate"] = certificate[..^2] + (certificate[^1] == '0' ? "01" : "00");
        });
        using var client = new RpcClient(served.Server.Url, null, liar);
        LightChain chain = Follow(client, served.Node.Chain.Genesis.Header);

        await Assert.ThrowsAsync<ProofException>(() => chain.AdvanceAsync());
        Assert.Equal(BlockHeight.Genesis, chain.Trusted.Height);
    }

    private static LightChain Follow(RpcClient client, BlockHeader genesis)
    {
        var rules = new StakeFinality(genesis, StakeChain.Options);
        var checkpoint = new LightCheckpoint(genesis, StakeChain.Options.Validators, StakeChain.Options.Validators);
        return new LightChain(client, new LightClient(rules, checkpoint), rules);
    }

    /// <summary>Changes answers on their way.</summary>
    private sealed class LyingHandler(Action<JsonNode> lie) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using HttpResponseMessage honest = await base.SendAsync(request, cancellationToken);
            JsonNode answer = JsonNode.Parse(await honest.Content.ReadAsStringAsync(cancellationToken))!;
            lie(answer);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json") };
        }
    }
}
