using System.Buffers.Binary;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfWork;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Simulation;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>
/// Work that is drawn instead of done: after how many tries a search succeeds, follows from a hash over what is worked on
/// and the first nonce, with the distribution that real tries would have. Every seal is accepted, so that it proves
/// nothing: for simulations only.
/// </summary>
internal sealed class DrawnWork : IWorkFunction
{
    public string Name => "drawn";

    /// <summary>How many tries a target takes on average.</summary>
    public static ulong HashesPerBlock(CompactTarget target) =>
        target.TryExpand(out UInt256 expanded) ? HashesFor(in expanded) : ulong.MaxValue;

    public UInt256 Evaluate(ReadOnlySpan<byte> preimage) => UInt256.Zero;

    public bool TryFind(Span<byte> preimage, in UInt256 target, ulong first, int count, out ulong nonce)
    {
        WorkPreimage.SetNonce(preimage, first);
        Hash256 hash = Sha256.Hash(preimage);
        var random = new DeterministicRandom(BinaryPrimitives.ReadUInt64LittleEndian(Hash256.AsSpan(in hash)));
        ulong tries = ExponentialDraw.Next(random, HashesFor(in target));
        nonce = unchecked(first + tries);
        return tries < (ulong)count;
    }

    private static ulong HashesFor(in UInt256 target)
    {
        UInt256 hashes = ChainWork.OfTarget(in target);
        return hashes.BitLength > 62 ? 1UL << 62 : hashes.LowUInt64;
    }
}
