using System.Diagnostics.CodeAnalysis;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Storage;
using Chain.Core.Wire;

namespace Chain.Core;

/// <summary>The chain at one moment, to read: see <see cref="ChainNode.Read"/>. Not to be used after that.</summary>
public sealed class ChainSnapshot
{
    private readonly ChainDefinition _chain;
    private readonly IKeyValueReader _store;
    private readonly SharedReads _shared;

    internal ChainSnapshot(ChainDefinition chain, IKeyValueReader store, SharedReads shared, bool isIndexed)
    {
        _chain = chain;
        _store = store;
        _shared = shared;
        IsIndexed = isIndexed;
        Head = ChainRecords.TryReadHead(store, out BlockId head) ? Find(head, shared.Head) : chain.Genesis.Header;
        shared.Head = Head;
    }

    /// <summary>The head.</summary>
    public BlockHeader Head { get; }

    /// <summary>Whether transactions can be found by their ids: see <see cref="Node.ChainNodeOptions.IndexesTransactions"/>.</summary>
    public bool IsIndexed { get; }

    /// <summary>The newest block that can never be undone; genesis where the engine has made none final.</summary>
    public BlockHeader Finalized
    {
        get
        {
            if (!ChainRecords.TryReadFinalized(_store, out BlockId final))
            {
                return _chain.Genesis.Header;
            }

            BlockHeader header = Find(final, _shared.Finalized);
            _shared.Finalized = header;
            return header;
        }
    }

    /// <summary>The stored block with this id, on the head's chain or not; null where there is none.</summary>
    public Block? FindBlock(BlockId id) =>
        ChainRecords.TryReadBlock(_store, id, out Block? block) ? block : id == _chain.GenesisId ? _chain.Genesis : null;

    /// <summary>The block of the head's chain at a height; null above the head.</summary>
    public Block? FindBlock(BlockHeight height) => TryFindId(height, out BlockId id) ? Require(id) : null;

    /// <summary>The header of the head's chain at a height, without its block; null above the head.</summary>
    public BlockHeader? FindHeader(BlockHeight height)
    {
        if (!TryFindId(height, out BlockId id))
        {
            return null;
        }

        return id == Head.Id
            ? Head
            : ChainRecords.ReadHeaders(_store, height).TakeWhile(header => header.Height == height).FirstOrDefault(header => header.Id == id)
                ?? Require(id).Header;
    }

    /// <summary>The id of the block of the head's chain at a height; false above the head.</summary>
    public bool TryFindId(BlockHeight height, out BlockId id)
    {
        id = _chain.GenesisId;
        return height == BlockHeight.Genesis || (height <= Head.Height && ChainRecords.TryReadOnChain(_store, height, out id));
    }

    /// <summary>Whether the head's chain has this block.</summary>
    public bool IsOnChain(BlockHeader block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return TryFindId(block.Height, out BlockId id) && id == block.Id;
    }

    /// <summary>The receipts of a block, one for each transaction; null where they are not kept.</summary>
    public IReadOnlyList<Receipt>? FindReceipts(BlockId block) =>
        BlockReceipts.TryRead(_store, block, out IReadOnlyList<Receipt>? receipts) ? receipts : null;

    /// <summary>What made this very block final; null where it is final through a later one, or not final.</summary>
    public ReadOnlyMemory<byte>? FindCertificate(BlockHeader block) =>
        ChainRecords.TryReadCertificate(_store, block, out ReadOnlyMemory<byte> certificate) ? certificate : default(ReadOnlyMemory<byte>?);

    /// <summary>The validators that the state after a block names, where it names any.</summary>
    public ValidatorSet? FindValidators(BlockHeader block) =>
        ChainRecords.TryReadValidators(_store, block, out ValidatorSet? validators) ? validators : null;

    /// <summary>Where the head's chain has a transaction; null where it has it not.</summary>
    /// <exception cref="InvalidOperationException">The node keeps no index.</exception>
    public FoundTransaction? FindTransaction(TransactionId id)
    {
        if (!IsIndexed)
        {
            throw new InvalidOperationException("This node keeps no index of transactions.");
        }

        if (!TransactionIndex.TryFind(_store, id, out IndexedTransaction place))
        {
            return null;
        }

        Block block = Require(place.Block);
        bool fits = place.Position >= 0 && place.Position < block.Transactions.Count && block.Transactions[place.Position].Id == id;
        return fits && FindReceipts(place.Block) is { } receipts
            ? new FoundTransaction(block.Transactions[place.Position], place.Block, place.Height, place.Position, receipts[place.Position])
            : throw new StorageException($"The index says that transaction {id} is in block {place.Block}, and it is not.");
    }

    /// <summary>The state after a block; false where it is not kept any more.</summary>
    public bool TryOpenState(BlockHeader block, [NotNullWhen(true)] out ChainState? state)
    {
        ArgumentNullException.ThrowIfNull(block);
        state = null;

        // Below the reach some pages are gone although the record of the state may be there.
        if (block.Height < ChainRecords.ReadKeptStates(_store).Reach)
        {
            return false;
        }

        Hash256 root = block.Fields.StateRoot;
        if (_shared.FindState(block.Id) is { } resident)
        {
            state = ChainState.Open(_store, in root, resident);
            return true;
        }

        bool isThere = ChainState.TryOpen(_store, in root, out state);
        if (isThere && block.Id == Head.Id)
        {
            _shared.ShareState(block.Id, state!);
        }

        return isThere;
    }

    /// <summary>Runs a job of the ledger over this moment, for example to try a transaction.</summary>
    public JobResult Run(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Run(_store);
    }

    private BlockHeader Find(BlockId id, BlockHeader? known) => known?.Id == id ? known : Require(id).Header;

    private Block Require(BlockId id) => FindBlock(id) ?? throw new StorageException($"The block {id} of the head's chain is missing.");
}
