using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>The search for the seal of one proposal: which nonces each lane has still to try.</summary>
internal sealed class SealSearch
{
    private readonly IWorkFunction _work;
    private readonly int _slice;
    private readonly byte[] _preimage;
    private readonly UInt256 _expanded;
    private readonly ulong[] _next;

    internal SealSearch(ProofOfWorkOptions options, ulong proposal, in HeaderFields fields, CompactTarget target, EngineOptions node)
    {
        Proposal = proposal;
        Target = target;
        Height = fields.Height;
        IsEmpty = fields.TransactionsRoot == MerkleTree.EmptyRoot;
        _work = options.Work;
        _slice = options.SliceNonces;
        _preimage = WorkPreimage.Create(BlockHeader.UnsealedHash(in fields), new ProofOfWorkSeal(target, 0));
        target.TryExpand(out _expanded);

        // Lanes start far apart, so that none walks into the nonces of the next.
        _next = new ulong[node.SearchLanes];
        ulong apart = ulong.MaxValue / (ulong)node.SearchLanes;
        for (int lane = 0; lane < _next.Length; lane++)
        {
            _next[lane] = unchecked(node.SearchStart + ((ulong)lane * apart));
        }
    }

    internal ulong Proposal { get; }

    internal CompactTarget Target { get; }

    internal BlockHeight Height { get; }

    /// <summary>Whether the block has no transactions.</summary>
    internal bool IsEmpty { get; }

    internal ulong Tried { get; set; }

    internal NonceSearchJob NextSlice(int lane)
    {
        ulong first = _next[lane];
        _next[lane] = unchecked(first + (ulong)_slice);
        return new NonceSearchJob(_work, _preimage, in _expanded, first, _slice);
    }
}
