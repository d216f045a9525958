namespace Chain.Core.Consensus.ProofOfWork;

/// <summary>How many hashes a target costs on average.</summary>
public static class ChainWork
{
    /// <summary>2²⁵⁶ / (<paramref name="target"/> + 1), rounded down; the greatest number for the target 0.</summary>
    public static UInt256 OfTarget(in UInt256 target)
    {
        if (target == UInt256.MaxValue)
        {
            return UInt256.One;
        }

        // 2^256 is out of range, but 2^256 - (target + 1) is the complement, and holds the divisor once less.
        return UInt256.AddSaturating(~target / (target + UInt256.One), UInt256.One);
    }
}
