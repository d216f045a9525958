using System.Text.Json.Nodes;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Tests.Groups;

/// <summary>What each method answers about a small chain.</summary>
public sealed class MethodTests
{
    [Fact]
    public async Task Submit_GoodTransaction_WaitsThenIsInABlock()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        Transaction transaction = TestChain.Pay(served.Node.Chain, 0, 5);

        JsonNode submitted = await served.ResultAsync("tx_v1_submit", $"""["{Hex.Of(transaction.Encoded.Span)}"]""");
        string pending = (string)(await served.ResultAsync("tx_v1_get", $"""["0x{transaction.Id.Value}"]"""))["status"]!;
        await served.Node.SealAsync();
        JsonNode found = await served.ResultAsync("tx_v1_get", $$"""{"id":"0x{{transaction.Id.Value}}"}""");

        Assert.Equal("pending", (string)submitted["status"]!);
        Assert.Equal("pending", pending);
        Assert.Equal("inBlock", (string)found["status"]!);
        Assert.Equal("applied", (string)found["receipt"]!["status"]!);
        Assert.Equal("0x1", (string)found["block"]!["height"]!);
        JsonNode balance = await served.ResultAsync("state_v1_getBalance", $"""["0x{TestChain.Bob.Value}"]""");
        Assert.Equal("0x5", (string)balance["balance"]!);
    }

    [Fact]
    public async Task Submit_WrongTransactions_EachGetItsCode()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        ChainDefinition chain = served.Node.Chain;
        Transaction good = TestChain.Pay(chain, 0);
        await served.ResultAsync("tx_v1_submit", $"""["{Hex.Of(good.Encoded.Span)}"]""");

        Assert.Equal("CC4111", await SubmitAsync(served, good));
        Assert.Equal("CC4114", await SubmitAsync(served, TestChain.Pay(chain, 0, 3)));
        await served.Node.SealAsync();
        Assert.Equal("CC4107", await SubmitAsync(served, TestChain.Pay(chain, 0, 2)));
        Assert.Equal("CC4104", await SubmitAsync(served, TestChain.Pay(chain, 1, validUntil: 1)));
        Assert.Equal("CC4103", await SubmitAsync(served, WithSignature(TestChain.Pay(chain, 1), new byte[64])));
        Assert.Equal("CC4103", await SubmitAsync(served, Foreign()));
        Assert.Equal("CC4106", await SubmitAsync(served, Sign(chain, new TransactionTerms(1, ulong.MaxValue, new BlockHeight(9), TestChain.Token.Transfer(TestChain.Bob, 1)))));
        Assert.Equal("CC4109", await SubmitAsync(served, Sign(chain, new TransactionTerms(1, 0, new BlockHeight(9), new Call("no", "such", default)))));
        Assert.Equal("CC4030", await served.ErrorAsync("tx_v1_submit", """["0x00"]"""));
        Assert.Equal("CC4004", await served.ErrorAsync("tx_v1_submit", """["0x0"]"""));
    }

    [Fact]
    public async Task Simulate_Transfer_TellsTheReceiptAndLeavesNoTrace()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        Transaction transaction = TestChain.Pay(served.Node.Chain, 0, 7);

        JsonNode simulated = await served.ResultAsync("tx_v1_simulate", $"""["{Hex.Of(transaction.Encoded.Span)}"]""");
        JsonNode tooMuch = await served.ResultAsync(
            "tx_v1_simulate", $"""["{Hex.Of(TestChain.Pay(served.Node.Chain, 0, 2_000_000).Encoded.Span)}"]""");
        await served.Node.SealAsync();

        Assert.Equal("applied", (string)simulated["receipt"]!["status"]!);
        Assert.Equal("transferred", (string)simulated["receipt"]!["events"]![0]!["name"]!);
        Assert.Equal("failed", (string)tooMuch["receipt"]!["status"]!);
        Assert.Equal(0, (int)(await served.ResultAsync("chain_v1_getBlock", """["0x1"]"""))["transactionCount"]!);
        Assert.Equal("0x0", (string)(await served.ResultAsync("state_v1_getBalance", $"""["0x{TestChain.Bob.Value}"]"""))["balance"]!);
        Assert.Equal("CC4108", await served.ErrorAsync("tx_v1_simulate", $"""["{Hex.Of(TestChain.Pay(served.Node.Chain, 3).Encoded.Span)}"]"""));
        Assert.Equal("CC4103", await served.ErrorAsync(
            "tx_v1_simulate", $"""["{Hex.Of(WithSignature(TestChain.Pay(served.Node.Chain, 0), new byte[64]).Encoded.Span)}"]"""));
    }

    [Fact]
    public async Task Estimate_Call_IsWhatExecutionCosts()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        Call call = TestChain.Token.Transfer(TestChain.Bob, 7);

        JsonNode estimate = await served.ResultAsync(
            "tx_v1_estimate",
            $"""["{Hex.Of(TestChain.Alice.PublicKey.Span)}","{call.Module}","{call.Method}","{Hex.Of(call.Arguments.Span)}"]""");
        await PayAsync(served, 0, 7);
        await served.Node.SealAsync();
        JsonNode block = await served.ResultAsync("chain_v1_getBlock", """["0x1","full"]""");

        ulong spent = Convert.ToUInt64((string)block["transactions"]![0]!["receipt"]!["cost"]!, 16);
        Assert.InRange(Convert.ToUInt64((string)estimate["cost"]!, 16), spent, spent + 16);
        Assert.Equal("0x0", (string)estimate["nextNonce"]!);
        Assert.Equal("CC4004", await served.ErrorAsync("tx_v1_estimate", """["0x00","token","transfer","0x"]"""));
        Assert.Equal("CC4004", await served.ErrorAsync("tx_v1_estimate", $"""["{Hex.Of(TestChain.Alice.PublicKey.Span)}","","transfer","0x"]"""));
    }

    [Fact]
    public async Task State_AtEachBlock_IsWhatItWasThen()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        for (ulong nonce = 0; nonce < 3; nonce++)
        {
            await PayAsync(served, nonce, 1);
            await served.Node.SealAsync();
        }

        for (int height = 0; height <= 3; height++)
        {
            JsonNode at = await served.ResultAsync("state_v1_getAccount", $"""["0x{TestChain.AliceAddress.Value}","0x{height:x}"]""");
            string id = (string)at["block"]!["id"]!;
            JsonNode byId = await served.ResultAsync("state_v1_getAccount", $"""["0x{TestChain.AliceAddress.Value}","{id}"]""");
            Assert.Equal($"0x{height:x}", (string)at["nextNonce"]!);
            Assert.Equal(at.ToJsonString(), byId.ToJsonString());
        }
    }

    [Fact]
    public async Task GetWithProof_SetAndUnsetKeys_AreProvedByTheHeaderAlone()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await served.Node.SealAsync();
        byte[] key = TestChain.Token.Balances.KeyOf(TestChain.AliceAddress);
        byte[] absent = TestChain.Token.Balances.KeyOf(TestChain.Bob);

        foreach (byte[] wanted in new[] { key, absent })
        {
            JsonNode answer = await served.ResultAsync("state_v1_getWithProof", $"""["token","{Hex.Of(wanted)}","0x1"]""");
            Assert.True(StateProof.TryDecode(Convert.FromHexString(((string)answer["proof"]!)[2..]), out StateProof? proof));
            Assert.True(proof.TryVerify(served.Node.Head.Fields.StateRoot, "token", wanted, out ReadOnlyMemory<byte>? value));
            Assert.Equal(value is null ? null : Hex.Of(value.Value.Span), (string?)answer["value"]);
        }

        Assert.Equal("CC4023", await served.ErrorAsync("state_v1_getWithProof", """["nosuch","0x00"]"""));
    }

    [Fact]
    public async Task Blocks_ByHeightIdAndMark_AreTheSame()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await served.Node.SealAsync(2);

        JsonNode head = await served.ResultAsync("chain_v1_head");
        string byMark = (await served.ResultAsync("chain_v1_getHeader")).ToJsonString();
        string byHeight = (await served.ResultAsync("chain_v1_getHeader", """["0x2"]""")).ToJsonString();
        string byId = (await served.ResultAsync("chain_v1_getHeader", $"""["{head["id"]}"]""")).ToJsonString();

        Assert.Equal(byMark, byHeight);
        Assert.Equal(byMark, byId);
        Assert.Equal(3, (await served.ResultAsync("chain_v1_getHeaders", """["0x0"]"""))["headers"]!.AsArray().Count);
        Assert.Equal("CC4020", await served.ErrorAsync("chain_v1_getHeader", """["0x3"]"""));
        Assert.Equal("CC4020", await served.ErrorAsync("chain_v1_getBlock", $"""["0x{new string('0', 64)}"]"""));
    }

    [Fact]
    public async Task Blocks_OfAnAbandonedBranch_AreStillFoundAndSayso()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await served.Node.SealAsync();
        string id = $"0x{served.Node.Head.Id.Value}";
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(2));

        JsonNode left = await served.ResultAsync("chain_v1_getHeader", $"""["{id}"]""");

        Assert.Equal("abandoned", (string)left["standing"]!);
        Assert.Equal("onChain", (string)(await served.ResultAsync("chain_v1_getHeader", """["0x1"]"""))["standing"]!);
    }

    [Fact]
    public async Task Mempool_OfWaitingTransactions_ListsThem()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        Transaction transaction = TestChain.Pay(served.Node.Chain, 0);
        await served.ResultAsync("tx_v1_submit", $"""["{Hex.Of(transaction.Encoded.Span)}"]""");

        JsonNode listed = await served.ResultAsync("mempool_v1_list", """{"limit":10}""");

        Assert.Equal(1, (int)(await served.ResultAsync("mempool_v1_status"))["count"]!);
        Assert.Equal($"0x{transaction.Id.Value}", (string)listed["transactions"]![0]!["id"]!);
        Assert.Equal("token", (string)(await served.ResultAsync("mempool_v1_get", $"""["0x{transaction.Id.Value}"]"""))["module"]!);
        Assert.Equal("CC4021", await served.ErrorAsync("mempool_v1_get", $"""["0x{new string('1', 64)}"]"""));
    }

    [Fact]
    public async Task Peers_OfTwoNodes_AreListedWithHealth()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync());
        await using ChainNode other = await TestChain.ReorganiseAsync(served.Node, await TestChain.BranchAsync(1));

        JsonNode peers = await served.ResultAsync("peers_v1_list");

        Assert.Equal(1, (int)peers["count"]!);
        Assert.Equal($"0x{other.Peer.PublicKey}", (string)peers["peers"]![0]!["id"]!);
        Assert.Equal("inbound", (string)peers["peers"]![0]!["direction"]!);
        Assert.Equal(0, (int)peers["peers"]![0]!["score"]!);
    }

    [Fact]
    public async Task Node_Status_NamesChainAndModules()
    {
        await using ServedNode served = await ServedNode.StartAsync(() => TestChain.StartAsync(isIndexed: false));

        JsonNode status = await served.ResultAsync("node_v1_status");

        Assert.Equal("rpc-tests", (string)status["chainName"]!);
        Assert.Equal(["accounts", "chain", "token"], status["modules"]!.AsArray().Select(name => (string)name!));
        Assert.Equal("CC4024", await served.ErrorAsync("tx_v1_get", $"""["0x{new string('1', 64)}"]"""));
        Assert.Equal("CC4026", await served.ErrorAsync("validators_v1_list"));
        Assert.Equal("CC4014", await served.ErrorAsync("chain_v1_follow"));
        Assert.Equal("ready", (string)(await served.ResultAsync("node_v1_health"))["status"]!);
    }

    private static Task<string> SubmitAsync(ServedNode served, Transaction transaction) =>
        served.ErrorAsync("tx_v1_submit", $"""["{Hex.Of(transaction.Encoded.Span)}"]""");

    /// <summary>Returns when the transaction waits in the mempool.</summary>
    private static async Task PayAsync(ServedNode served, ulong nonce, ulong amount) =>
        await served.ResultAsync("tx_v1_submit", $"""["{Hex.Of(TestChain.Pay(served.Node.Chain, nonce, amount).Encoded.Span)}"]""");

    private static Transaction Sign(ChainDefinition chain, TransactionTerms terms) => Transaction.Sign(in terms, chain.GenesisId, TestChain.Alice);

    private static Transaction WithSignature(Transaction transaction, byte[] signature) =>
        Transaction.Assemble(transaction.Terms, transaction.Scheme, transaction.SenderKey.Span, signature);

    /// <summary>Signed for another chain.</summary>
    private static Transaction Foreign() => Transaction.Sign(
        new TransactionTerms(1, 0, new BlockHeight(9), TestChain.Token.Transfer(TestChain.Bob, 1)), new BlockId(Crypto.Sha256.Hash("other"u8)), TestChain.Alice);
}
