using System.Buffers.Binary;
using System.Security.Cryptography;
using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Machines;

namespace Chain.Core.Benchmarks.Ledger;

/// <summary>The authenticated state in memory.</summary>
internal static class StateContests
{
    /// <summary>Keys that change in a call.</summary>
    public const int Updates = 1000;

    /// <summary>Proofs that are verified in a call.</summary>
    public const int Proofs = 256;

    private const int Keys = 100_000;
    private const int NodeBytes = 1 + (2 * Hash256.Size);

    /// <summary>A thousand changed keys to a new root, against as many calls of the runtime's SHA-256 as there are changed nodes.</summary>
    public static Contest Update()
    {
        StateTree tree = StateTree.Open(new MemoryTable(), default).Apply([.. Enumerable.Range(0, Keys).Select(static i => Change(i, 0))]);
        var random = new DeterministicRandom(3);
        var order = new int[Keys];
        for (int i = 0; i < Keys; i++)
        {
            order[i] = i;
        }

        random.Shuffle<int>(order);
        StateChange[] changes = [.. order.AsSpan(0, Updates).ToArray().Select(static i => Change(i, 1))];
        int inner = ChangedNodes(order.AsSpan(0, Updates));
        var messages = new byte[2 * NodeBytes];
        return new Contest(
            () => Require(tree.Apply(changes).Root != tree.Root),
            () => HashOneByOne(messages, inner),
            () => tree.Apply(changes).Root == Fresh(changes).Root ? null : "the root is not that of a fresh tree");
    }

    /// <summary>The mean size of a proof of one key, beside its value.</summary>
    public static Contest ProofSize()
    {
        ChainState state = State();
        double size = Enumerable.Range(0, Updates).Average(i => Prove(state, i * 97).Encoded.Length - ValueOf(0, 0).Length);
        return Contest.OfSizes(size, Hash256.Size * (Math.Log2(Keys) + 3), () => null);
    }

    /// <summary>From the bytes of a proof to the proven value.</summary>
    public static Contest VerifyProof()
    {
        ChainState state = State();
        Hash256 root = state.Root;
        (byte[] Key, byte[] Proof)[] proofs =
            [.. Enumerable.Range(0, Proofs).Select(i => (KeyOf(i * 97), Prove(state, i * 97).Encoded.ToArray()))];
        return Contest.Alone(
            () =>
            {
                foreach ((byte[] key, byte[] encoded) in proofs)
                {
                    Require(StateProof.TryDecode(encoded, out StateProof? proof)
                        && proof.TryVerify(in root, "token", key, out ReadOnlyMemory<byte>? value)
                        && value is not null);
                }
            },
            static () => null);
    }

    private static ChainState State() => ChainState
        .CreateEmpty(new MemoryTable(), ["accounts", "chain", "token"])
        .Apply([new ModuleChanges("token", [.. Enumerable.Range(0, Keys).Select(static i => Change(i, 0))])]);

    private static StateProof Prove(ChainState state, int i) => state.Prove("token", KeyOf(i));

    private static StateTree Fresh(StateChange[] changes)
    {
        StateTree tree = StateTree.Open(new MemoryTable(), default);
        return tree.Apply(changes).Apply([.. Enumerable.Range(0, Keys)
            .Select(static i => Change(i, 0))
            .ExceptBy(changes.Select(static change => Convert.ToHexString(change.Key.Span)), static change => Convert.ToHexString(change.Key.Span))]);
    }

    private static StateChange Change(int key, int version) => new(KeyOf(key), ValueOf(key, version));

    private static byte[] KeyOf(int key) => SHA256.HashData(BitConverter.GetBytes(key));

    private static byte[] ValueOf(int key, int version) => BitConverter.GetBytes(key + ((long)version << 40));

    /// <summary>The value, the leaf and every inner node on the way: the least that any such tree has to hash.</summary>
    private static void HashOneByOne(byte[] message, int inner)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        for (int i = 0; i < Updates; i++)
        {
            SHA256.HashData(message.AsSpan(0, sizeof(long)), digest);
            SHA256.HashData(message.AsSpan(0, NodeBytes), digest);
        }

        for (int i = 0; i < inner; i++)
        {
            SHA256.HashData(message.AsSpan(0, NodeBytes), digest);
        }
    }

    /// <summary>Counts the inner nodes above these keys from the hashes of all keys, without a tree.</summary>
    private static int ChangedNodes(ReadOnlySpan<int> changed)
    {
        var domain = new HashDomain("chain-core/state-key/v1");
        ulong[] paths = [.. Enumerable.Range(0, Keys).Select(key => PathOf(domain, key))];
        ulong[] sorted = [.. paths.Order()];
        ulong[] moved = [.. changed.ToArray().Select(key => paths[key]).Order()];
        int nodes = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            int at = Array.BinarySearch(sorted, moved[i]);
            int depth = 1 + Math.Max(at == 0 ? 0 : Shared(sorted[at], sorted[at - 1]), at == Keys - 1 ? 0 : Shared(sorted[at], sorted[at + 1]));
            nodes += i == 0 ? depth : Math.Max(0, depth - Shared(moved[i], moved[i - 1]) - 1);
        }

        return nodes;
    }

    private static ulong PathOf(HashDomain domain, int key)
    {
        Hash256 hash = domain.Hash(KeyOf(key));
        return BinaryPrimitives.ReadUInt64BigEndian(Hash256.AsSpan(in hash));
    }

    private static int Shared(ulong one, ulong other) => System.Numerics.BitOperations.LeadingZeroCount(one ^ other);

    private static void Require(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("An answer of the state is wrong.");
        }
    }
}
