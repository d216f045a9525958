namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What a validator says with its signature.</summary>
public enum VoteKind : byte
{
    /// <summary>As the leader of the view: this is my proposal.</summary>
    Propose = 0,

    /// <summary>The first valid proposal that I saw in the view is this block.</summary>
    Notarize = 1,

    /// <summary>The view took too long, and I will not finalize it.</summary>
    Nullify = 2,

    /// <summary>The block is notarized, and I did not and will not nullify its view.</summary>
    Finalize = 3,
}
