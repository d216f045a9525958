using Chain.Core.Consensus;
using Chain.Core.Ledger;
using Chain.Core.Node;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core;

/// <content>The dev chain: one node, blocks at once, funded accounts, nothing on disk and no peers.</content>
public sealed partial class ChainNode
{
    private TokenModule Token => Chain.Ledger.Get<TokenModule>();

    /// <summary>Funded accounts with public secrets; empty unless this is a dev chain.</summary>
    public IReadOnlyList<DevAccount> DevAccounts { get; private set; } = [];

    /// <summary>
    /// What the operator of a dev chain may do beside what everybody may; null unless the consensus is
    /// <see cref="DevConsensus"/> and this node makes its blocks.
    /// </summary>
    public DevControls? Dev { get; private set; }

    /// <summary>Starts a chain for development: it seals a block as soon as a transaction waits.</summary>
    public static async Task<ChainNode> CreateDevAsync(CancellationToken cancellation = default)
    {
        var options = new ChainNodeOptions
        {
            Chain = DevChain.Create(),
            Store = new MemoryStore(),
            Engine = new EngineOptions { ProducesBlocks = true },
            JobThreads = 1,
            IndexesTransactions = true,
            Faucet = DevKey.All[^1].Key,
        };
        return await StartAsync(options, DevChain.Accounts, cancellation).ConfigureAwait(false);
    }

    /// <summary>What an account has in the chain's own coin, after the head's block.</summary>
    /// <exception cref="InvalidOperationException">The chain has no <see cref="TokenModule"/>.</exception>
    public ValueTask<ulong> BalanceAsync(AccountAddress account) =>
        ValueTask.FromResult(Query((_, state) => Token.BalanceOf(state, account)));

    /// <summary>The nonce that the next transaction of an account must carry, after the head's block.</summary>
    public ValueTask<ulong> NextNonceAsync(AccountAddress account) =>
        ValueTask.FromResult(Query((_, state) => Chain.Ledger.Accounts.NextNonce(state, account)));
}
