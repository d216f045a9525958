using System.Buffers.Binary;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// How proofs of randomness become the seeds that leaders are drawn from. Each block mixes its leader's output into
/// what its parent has; the seed of an epoch is what the last block of the epoch before has.
/// </summary>
internal static class Randomness
{
    private static readonly HashDomain InputDomain = new("chain-core/pos/randomness-input/v1");
    private static readonly HashDomain MixDomain = new("chain-core/pos/randomness-mix/v1");
    private static readonly HashDomain SeedDomain = new("chain-core/pos/seed/v1");

    /// <summary>What the leader of a view proves its output for. Seed and view leave it no choice.</summary>
    public static Hash256 Input(Hash256 seed, View view) => Number(InputDomain, seed, view.Value);

    /// <summary>What genesis has.</summary>
    public static Hash256 OfGenesis(BlockId genesis)
    {
        Hash256 id = genesis.Value;
        return MixDomain.Hash(Hash256.AsSpan(in id));
    }

    /// <summary>What a block has whose parent has <paramref name="before"/>.</summary>
    public static Hash256 Mix(Hash256 before, ReadOnlySpan<byte> output) => MixDomain.Hash(Hash256.AsSpan(in before), output);

    /// <summary>The seed of an epoch.</summary>
    public static Hash256 Seed(Hash256 lastOfEpochBefore, ulong epoch) => Number(SeedDomain, lastOfEpochBefore, epoch);

    private static Hash256 Number(HashDomain domain, Hash256 hash, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return domain.Hash(Hash256.AsSpan(in hash), bytes);
    }
}
