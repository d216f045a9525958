using Chain.Core.Consensus;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>What a store holds of the chain, read before the node starts.</summary>
/// <param name="Headers">Headers of valid blocks, parents before children; without genesis.</param>
/// <param name="Head">The head; null for an empty store.</param>
/// <param name="EngineRecords">What the engine persisted, in ascending order of keys.</param>
/// <param name="SigningMarks">The signer's marks.</param>
public sealed record RecoveredChain(
    IReadOnlyList<BlockHeader> Headers,
    BlockId? Head,
    IReadOnlyList<ConsensusRecord> EngineRecords,
    IReadOnlyList<SigningMark> SigningMarks)
{
    /// <summary>How many sets of validators at or below the finalized block are read: the one that votes there, and some before.</summary>
    internal const int SetsBelowFinalized = 4;

    /// <summary>What an empty store holds: nothing.</summary>
    public static RecoveredChain Empty { get; } = new([], null, [], []);

    /// <summary>Validators named by the state after genesis or a border of an epoch, as far as an engine still needs them; parents before children.</summary>
    public IReadOnlyList<(BlockId Block, ValidatorSet Validators)> Validators { get; init; } = [];

    /// <summary>The newest finalized block; null where none was made final.</summary>
    public BlockId? Finalized { get; init; }

    /// <summary>Which key the store was signed from with; null where none was.</summary>
    public SignerRecord? Signer { get; init; }

    /// <summary>Which states the store has.</summary>
    public KeptStates States { get; init; }

    /// <summary>The first height whose blocks the index of transactions may lack; null where there is no index.</summary>
    public BlockHeight? Indexed { get; init; }

    /// <summary>Whether the store says which block stands at each height, as stores of an earlier version do not.</summary>
    public bool KnowsHeights { get; init; }

    /// <summary>Reads the store. A header whose parent is missing, and all above it, are left out.</summary>
    /// <exception cref="InvalidDataException">The store is corrupt, or belongs to another genesis.</exception>
    public static RecoveredChain Read(IKeyValueReader store, BlockHeader genesis)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(genesis);
        var known = new HashSet<BlockId>();
        var headers = new List<BlockHeader>();
        foreach (BlockHeader header in ChainRecords.ReadHeaders(store))
        {
            if (header.Height == BlockHeight.Genesis && header.Id != genesis.Id)
            {
                throw new InvalidDataException($"The store belongs to the chain of genesis {header.Id}, not {genesis.Id}.");
            }

            if (header.Id == genesis.Id || known.Contains(header.Parent))
            {
                known.Add(header.Id);
                headers.Add(header);
            }
        }

        BlockId? head = ChainRecords.TryReadHead(store, out BlockId stored) ? stored : null;
        if (head is { } id && !known.Contains(id))
        {
            throw new InvalidDataException($"The stored head {id} has no stored header: the store has lost data.");
        }

        headers.RemoveAll(header => header.Id == genesis.Id);
        BlockHeight height = headers.Find(header => header.Id == head)?.Height ?? BlockHeight.Genesis;
        return new RecoveredChain(headers, head, ChainRecords.ReadEngineRecords(store), ChainRecords.ReadSigningMarks(store))
        {
            Validators = ReadValidators(store, headers, out BlockId? finalized),
            Finalized = finalized,
            States = ChainRecords.ReadKeptStates(store),
            Indexed = ChainRecords.TryReadIndexed(store, out BlockHeight indexed) ? indexed : null,
            KnowsHeights = ChainRecords.TryReadOnChain(store, height, out BlockId onChain) && onChain == head,
            Signer = ChainRecords.TryReadSigner(store, out SignerRecord signer) ? signer : null,
        };
    }

    /// <summary>
    /// Everything that was named above the finalized block, and the newest <see cref="SetsBelowFinalized"/> at or below it;
    /// an engine does not look further back, however long the chain is.
    /// </summary>
    private static List<(BlockId Block, ValidatorSet Validators)> ReadValidators(
        IKeyValueReader store, List<BlockHeader> headers, out BlockId? finalized)
    {
        finalized = ChainRecords.TryReadFinalized(store, out BlockId stored) ? stored : null;
        int index = finalized is { } id ? headers.FindLastIndex(header => header.Id == id) : -1;
        BlockHeight height = index < 0 ? BlockHeight.Genesis : headers[index].Height;
        finalized = index < 0 ? null : finalized;
        var read = new List<(BlockId, ValidatorSet)>();
        int below = 0;
        for (int i = headers.Count - 1; i >= 0 && below < SetsBelowFinalized; i--)
        {
            if (ChainRecords.TryReadValidators(store, headers[i], out ValidatorSet? validators))
            {
                read.Add((headers[i].Id, validators));
                below += headers[i].Height > height ? 0 : 1;
            }
        }

        read.Reverse();
        return read;
    }
}
