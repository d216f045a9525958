namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>Says what target a block must have. Integers only: every node computes the same.</summary>
public interface IRetargetRule
{
    /// <summary>A short name for people and the bench: <c>asert</c>, <c>bitcoin-2016</c>, <c>lwma</c>.</summary>
    string Name { get; }

    /// <summary>The target of the child of <see cref="IWorkHistory.Parent"/>. Total: some target for every history.</summary>
    CompactTarget NextTarget(IWorkHistory history);
}
