using Chain.Core.Wire;

namespace Chain.Core.Consensus;

/// <summary>The pure checks of an engine, usable without a running one: by sync, light clients and tests.</summary>
public interface IHeaderRules
{
    /// <summary>
    /// Whether <see cref="VerifyHeader"/> and <see cref="Weight"/> are functions of their arguments that leave nothing behind, and
    /// a header that is valid at one time is valid at every later one: then trees may share what they find out
    /// (<see cref="HeaderJudgements"/>).
    /// </summary>
    /// <value>False by default.</value>
    bool IsPure => false;

    /// <summary>Checks a header in its context. The history root, height and parent are checked by <see cref="BlockTree"/>.</summary>
    /// <param name="header">The header; its parent is the first of <paramref name="ancestors"/>.</param>
    /// <param name="ancestors">Its ancestors, newest first.</param>
    /// <param name="now">The wall-clock time of whoever asks.</param>
    HeaderVerdict VerifyHeader(BlockHeader header, IAncestors ancestors, UnixTime now);

    /// <summary>Whether a certificate makes <paramref name="block"/> final; always false for engines without finality.</summary>
    bool VerifyCertificate(BlockHeader block, ReadOnlyMemory<byte> certificate, ValidatorSet validators);

    /// <summary>What the header alone adds to the weight of its chain. Only for headers that are valid.</summary>
    UInt256 Weight(BlockHeader header);

    /// <summary>
    /// What the seals of a block's ancestors tell of its grandparent; the state may reward and punish by it. A function of the
    /// headers alone. Null for engines whose seals hold no votes, and where there is no grandparent beside genesis.
    /// </summary>
    /// <param name="height">Height of the block.</param>
    /// <param name="ancestors">Its ancestors, newest first.</param>
    BlockActivity? ActivityBefore(BlockHeight height, IAncestors ancestors) => null;
}
