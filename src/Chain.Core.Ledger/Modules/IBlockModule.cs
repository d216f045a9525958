using Chain.Core.Consensus;

namespace Chain.Core.Ledger;

/// <summary>A module that has something to do at the end of every block.</summary>
public interface IBlockModule
{
    /// <summary>Runs after the block's transactions, in the order of the modules' names. It cannot fail: what it throws stops the node.</summary>
    /// <param name="context">Without a sender, and not metered: the work must be bounded by the module's own rules.</param>
    /// <param name="activity">What became known of an earlier block, or null where nothing did.</param>
    void EndBlock(CallContext context, BlockActivity? activity);
}
