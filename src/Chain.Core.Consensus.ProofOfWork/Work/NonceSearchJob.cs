using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>A slice of the search for a seal: so many nonces, then it ends. Nothing stops it half way; a late result is ignored.</summary>
public sealed class NonceSearchJob : Job
{
    private readonly IWorkFunction _work;
    private readonly byte[] _preimage;
    private readonly UInt256 _target;
    private readonly int _count;

    internal NonceSearchJob(IWorkFunction work, byte[] preimage, in UInt256 target, ulong first, int count)
    {
        _work = work;
        _preimage = preimage;
        _target = target;
        First = first;
        _count = count;
    }

    /// <summary>The first nonce of the slice.</summary>
    public ulong First { get; }

    /// <inheritdoc/>
    public override JobResult Run(IKeyValueReader snapshot)
    {
        // The preimage is shared by the slices of all lanes.
        Span<byte> preimage = stackalloc byte[WorkPreimage.Size];
        _preimage.CopyTo(preimage);
        bool found = _work.TryFind(preimage, in _target, First, _count, out ulong nonce);
        return found
            ? new NonceSearched(nonce, unchecked(nonce - First) + 1)
            : new NonceSearched(null, (ulong)_count);
    }
}
