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
    /// <summary>What an empty store holds: nothing.</summary>
    public static RecoveredChain Empty { get; } = new([], null, [], []);

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

        return new RecoveredChain(
            headers.FindAll(header => header.Id != genesis.Id),
            head,
            ChainRecords.ReadEngineRecords(store),
            ChainRecords.ReadSigningMarks(store));
    }
}
