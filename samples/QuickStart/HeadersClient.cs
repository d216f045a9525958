using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace QuickStart;

/// <summary>
/// A client that holds headers only: it checks each seal itself, follows the heaviest chain, and believes a balance
/// only with a proof against the state root of a header that it holds.
/// </summary>
internal sealed class HeadersClient
{
    private readonly IHeaderRules _rules;
    private readonly BlockTree _tree;

    public HeadersClient(ChainDefinition chain)
    {
        _rules = chain.Consensus.CreateRules(chain.Genesis.Header);
        _tree = new BlockTree(chain.Genesis.Header);
    }

    /// <summary>How many headers it was told that broke a rule.</summary>
    public int Refused { get; private set; }

    public BlockHeight Height => _tree.Heaviest.Height;

    public void Add(BlockHeader header)
    {
        var now = new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        AddHeaderResult result = _tree.TryAdd(header, _rules, now);
        Refused += result.Status == AddHeaderStatus.Invalid ? 1 : 0;
    }

    /// <summary>The height of a block whose header it holds.</summary>
    public BlockHeight? HeightOf(BlockId block) => _tree.TryGet(block, out BlockTreeNode? node) ? node.Height : null;

    /// <summary>Whether the proof shows a balance at a block of the heaviest chain; and the balance.</summary>
    public bool TryReadBalance(
        BlockId block, ReadOnlyMemory<byte> bytes, AccountAddress account, out ulong balance, out BlockHeight height)
    {
        balance = 0;
        height = default;
        if (!_tree.TryGet(block, out BlockTreeNode? node)
            || !node.IsOnChainOf(_tree.Heaviest)
            || !WireValue.TryDecode(bytes, out StateProof? proof, out _))
        {
            return false;
        }

        height = node.Height;
        Hash256 root = node.Header.Fields.StateRoot;
        return Demo.Token.Balances.TryVerify(proof, in root, account, out bool isSet, out balance) && isSet;
    }
}
