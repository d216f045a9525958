using Chain.Core;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace My_Points.Tests;

public sealed class My_PointsModuleTests : IAsyncLifetime
{
    private static readonly Ed25519PrivateKey Alice = new(new byte[Ed25519PrivateKey.SeedSize]);
    private static readonly AccountAddress Address = AccountAddress.FromKey(Alice.Scheme, Alice.PublicKey.Span);

    private readonly My_PointsModule _module = new();
    private ChainNode _node = null!;
    private ulong _nonce;

    public async Task InitializeAsync() => _node = await ChainNode.StartAsync(new ChainNodeOptions
    {
        Chain = new ChainDefinition(
            new DevConsensus(), new LedgerDefinition([_module]), new GenesisSpec(Network: 1, "test", new UnixTime(1_767_225_600_000), [])),
        Store = new MemoryStore(),
        Engine = new EngineOptions { ProducesBlocks = true },
    });

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Give_ToAnAccount_AddsAndIsReported()
    {
        await ApplyAsync(_module.Give(Address, 3));
        InclusionReceipt receipt = await ApplyAsync(_module.Give(Address, 4));

        Assert.Equal(7UL, Points());
        Assert.True(_module.Given.TryRead(Assert.Single(receipt.Receipt.Events), out (AccountAddress To, ulong Count) given));
        Assert.Equal((Address, 4UL), given);
    }

    [Theory]
    [InlineData(3, TransactionStatus.Applied, 0)]
    [InlineData(4, TransactionStatus.Failed, 3)]
    public async Task Spend_OfThreePoints_IsPossibleOnce(ulong count, TransactionStatus status, ulong left)
    {
        await ApplyAsync(_module.Give(Address, 3));

        InclusionReceipt receipt = await ApplyAsync(_module.Spend(count));

        Assert.Equal(status, receipt.Status);
        Assert.Equal(left, Points());
    }

    private ulong Points() => _node.Query((_, state) => _module.PointsOf(state, Address));

    private Task<InclusionReceipt> ApplyAsync(Call call)
    {
        var terms = new TransactionTerms(_nonce++, Fee: 0, ValidUntil: new BlockHeight(100), call);
        return _node.SubmitAndWaitAsync(Transaction.Sign(in terms, _node.Chain.GenesisId, Alice));
    }
}
