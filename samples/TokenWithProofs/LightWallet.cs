using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace TokenWithProofs;

/// <summary>
/// Reads balances without believing the server: it knows the first block and the first validators, follows the final blocks
/// by their certificates, and takes no answer that is not proved against one of them.
/// </summary>
internal sealed class LightWallet
{
    private readonly LightChain _chain;

    public LightWallet(RpcClient client, BlockHeader genesis)
    {
        var rules = new StakeFinality(genesis, PointsChain.Rules);
        var checkpoint = new LightCheckpoint(genesis, PointsChain.Rules.Validators, PointsChain.Rules.Validators);
        _chain = new LightChain(client, new LightClient(rules, checkpoint), rules);
    }

    /// <summary>A balance after the newest final block.</summary>
    /// <exception cref="ProofException">The server did not prove what it said.</exception>
    public async Task<(ulong Points, BlockHeader Block)> ReadAsync(AccountAddress account)
    {
        BlockHeader trusted = await _chain.AdvanceAsync();
        (_, ulong points) = await _chain.Read().GetAsync(PointsChain.Points.Balances, account);
        return (points, trusted);
    }
}
