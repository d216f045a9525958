using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Storage;

/// <summary>Whose data a store holds. Written once, durably, when the store is new, and compared on every start.</summary>
/// <param name="Network">The network's number.</param>
/// <param name="Genesis">The chain's genesis id.</param>
/// <param name="Engine">Name of the consensus engine that the chain starts with; at most <see cref="WireLimits.NameBytes"/> UTF-8 bytes.</param>
public sealed record StoreIdentity(uint Network, BlockId Genesis, string Engine)
{
    /// <summary>The layout of keys and values that this version writes. Data of any other is refused.</summary>
    /// <remarks>2: pages of the state may hold what is small below their last level. 3: pages stand behind all other records.</remarks>
    public const uint SchemaVersion = 3;

    private const int Elements = 4;
    private const int MostElements = 64;

    /// <summary>Where the record stands. Keys that begin with a zero byte belong to the storage layer.</summary>
    private static readonly byte[] Key = [0, .. "identity"u8];

    /// <summary>Writes the identity into an empty store, or checks that a filled one has the same.</summary>
    /// <exception cref="StorageException">
    /// <see cref="StorageFault.ForeignData"/>, <see cref="StorageFault.NewerData"/>, <see cref="StorageFault.OlderData"/> or
    /// <see cref="StorageFault.Corrupt"/>, with the cause and two ways out; or the store failed.
    /// </exception>
    public static void OpenOrCreate(IKeyValueStore store, StoreIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(identity);
        if (!TryRead(store, out StoreIdentity? found))
        {
            Create(store, identity);
        }
        else if (found != identity)
        {
            throw new StorageException(
                StorageFault.ForeignData,
                $"The data belongs to {found}, not to {identity}: point this node to another data directory, or start it with the other chain's genesis.");
        }
    }

    /// <summary>Reads whose data the store holds; false where no identity was ever written.</summary>
    /// <exception cref="StorageException">The record cannot be read, or is of another schema.</exception>
    public static bool TryRead(IKeyValueReader store, [NotNullWhen(true)] out StoreIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(store);
        identity = null;
        if (!store.TryGet(Key, out byte[]? record))
        {
            return false;
        }

        var reader = new WireReader(record);
        if (!reader.TryReadArrayHeader(MostElements, out int elements) || !reader.TryReadUInt32(out uint schema))
        {
            throw Unreadable();
        }

        // The rest of another record may look different; its version never does.
        if (schema is > 0 and < SchemaVersion)
        {
            throw new StorageException(
                StorageFault.OlderData,
                $"The data has schema {schema}, and this version knows schema {SchemaVersion}: run the older version, or point this one to an empty data directory and synchronise anew.");
        }

        if (schema > SchemaVersion)
        {
            throw new StorageException(
                StorageFault.NewerData,
                $"The data has schema {schema}, and this version knows schema {SchemaVersion}: run the newer version, or point this one to another data directory.");
        }

        if (schema != SchemaVersion
            || elements != Elements
            || !reader.TryReadUInt32(out uint network)
            || !reader.TryReadHash(out Crypto.Hash256 genesis)
            || !reader.TryReadString(WireLimits.NameBytes, out string? engine)
            || !reader.TryEnd())
        {
            throw Unreadable();
        }

        identity = new StoreIdentity(network, new BlockId(genesis), engine);
        return true;
    }

    /// <summary>For people to read, as error messages show it.</summary>
    public override string ToString() => $"chain {Genesis} of network {Network} with engine {Engine}";

    private static void Create(IKeyValueStore store, StoreIdentity identity)
    {
        if (store.Scan(default).Any())
        {
            throw new StorageException(
                StorageFault.ForeignData,
                "The store holds data but not whose: point this node to an empty data directory, or restore this one from a copy.");
        }

        Write(store, identity);
    }

    private static void Write(IKeyValueStore store, StoreIdentity identity)
    {
        Crypto.Hash256 genesis = identity.Genesis.Value;
        byte[] record = new WireWriter()
            .ArrayHeader(Elements)
            .UInt64(SchemaVersion)
            .UInt64(identity.Network)
            .Hash(in genesis)
            .String(identity.Engine)
            .ToArray();
        var batch = new WriteBatch();
        batch.Put(Key, record);
        store.Write(batch, Durability.Durable);
    }

    private static StorageException Unreadable() => new(
        StorageFault.Corrupt,
        "The record of whose data this is cannot be read: restore the data directory from a copy, or remove it and synchronise anew.");
}
