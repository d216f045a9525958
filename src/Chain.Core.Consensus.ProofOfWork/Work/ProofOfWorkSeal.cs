using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The seal of a block that was worked for. Canonical form: <c>[compact target, nonce]</c>.</summary>
/// <param name="Target">The target that was met.</param>
/// <param name="Nonce">The number that was searched for.</param>
public readonly record struct ProofOfWorkSeal(CompactTarget Target, ulong Nonce)
{
    private const int Elements = 2;
    private const int MaxSize = 15;

    /// <summary>The canonical bytes, 3 to 15.</summary>
    public byte[] Encode() => new WireWriter(MaxSize).ArrayHeader(Elements).UInt64(Target.Bits).UInt64(Nonce).ToArray();

    /// <summary>Reads a seal; false for anything but the one canonical encoding.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out ProofOfWorkSeal seal)
    {
        var reader = new WireReader(bytes);
        bool read = reader.TryReadArrayHeader(Elements)
            & reader.TryReadUInt32(out uint bits)
            & reader.TryReadUInt64(out ulong nonce)
            & reader.TryEnd();
        seal = read ? new ProofOfWorkSeal(new CompactTarget(bits), nonce) : default;
        return read;
    }
}
