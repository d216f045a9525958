using Chain.Core.Rpc.Client;
using Chain.Core.Rpc.Client.Tests;
using Chain.Core.Wire;
using TokenWithProofs;

namespace Chain.Core.Samples.Tests;

/// <summary>The sample TokenWithProofs: a balance that a client believes because of a proof.</summary>
public sealed class PointsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Read_AfterAGift_IsProvedFromTheFirstBlockOn()
    {
        await using Served served = await Served.StartAsync(PointsChain.StartAsync());
        DevKey bob = DevKey.All[1];
        await GiveAsync(served, PointsChain.Issuer, bob.Address, 42);
        var light = new LightWallet(served.Client, served.Node.Chain.Genesis.Header);

        (ulong points, BlockHeader block) = await light.ReadAsync(bob.Address).WaitAsync(Patience);

        Assert.Equal(42UL, points);
        Assert.True(block.Height.Value > 0);
        Assert.Equal(0UL, (await light.ReadAsync(DevKey.All[2].Address)).Points);
    }

    [Fact]
    public async Task Give_MoreThanOneHas_ChangesNothing()
    {
        await using Served served = await Served.StartAsync(PointsChain.StartAsync());
        (DevKey bob, DevKey carol) = (DevKey.All[1], DevKey.All[2]);
        await GiveAsync(served, PointsChain.Issuer, bob.Address, 5);

        TransactionProgress done = await GiveAsync(served, bob, carol.Address, 6);

        Assert.Equal(("failed", "not so many points"), (done.Receipt!.Status, done.Receipt.Reason));
        Assert.Equal(5UL, served.Node.Query((_, state) => PointsChain.Points.Balances.GetOr(state, bob.Address, 0)));
    }

    private static async Task<TransactionProgress> GiveAsync(Served served, DevKey from, AccountAddress to, ulong points)
    {
        var wallet = new Wallet(from.Key, served.Node.Chain.GenesisId);
        await wallet.RefreshAsync(served.Client);
        TransactionProgress? last = null;
        await foreach (TransactionProgress progress in served.Client.SubmitAndWatchAsync(wallet.Sign(PointsChain.Points.Give(to, points))))
        {
            last = progress;
        }

        return last!; // final, so that a light client can see it
    }
}
