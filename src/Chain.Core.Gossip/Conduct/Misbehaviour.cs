namespace Chain.Core.Gossip;

/// <summary>
/// What a correct peer does not do, or not often. How much each weighs is in one table; what a slow or lossy but
/// honest peer may do weighs nothing, and at worst costs the connection.
/// </summary>
public enum Misbehaviour
{
    /// <summary>Nothing wrong.</summary>
    None = 0,

    /// <summary>A message before hello.</summary>
    MessageBeforeHello,

    /// <summary>A second hello.</summary>
    SecondHello,

    /// <summary>A hello for another network.</summary>
    WrongNetwork,

    /// <summary>A hello for a chain with another genesis.</summary>
    WrongGenesis,

    /// <summary>A hello without a version that this node speaks.</summary>
    NoCommonVersion,

    /// <summary>No hello in time.</summary>
    HelloTimeout,

    /// <summary>No answer to a ping in time.</summary>
    Unresponsive,

    /// <summary>Bytes that no decoder accepts; the host reports it.</summary>
    MalformedMessage,

    /// <summary>A list that is never sent empty.</summary>
    EmptyList,

    /// <summary>The same id twice in one message.</summary>
    RepeatedId,

    /// <summary>More messages than the allowance.</summary>
    TooManyMessages,

    /// <summary>More bytes than the allowance.</summary>
    TooManyBytes,

    /// <summary>More announced transaction ids than the allowance.</summary>
    TooManyAnnouncements,

    /// <summary>More transactions than the allowance.</summary>
    TooManyTransactions,

    /// <summary>More headers than the allowance.</summary>
    TooManyHeaders,

    /// <summary>More addresses than the allowance.</summary>
    TooManyAddresses,

    /// <summary>More requested items than the allowance.</summary>
    TooManyRequests,

    /// <summary>More consensus messages than the allowance.</summary>
    TooManyConsensusMessages,

    /// <summary>A transaction that was not asked for.</summary>
    UnsolicitedTransaction,

    /// <summary>A block that was not asked for, from a peer that had sent or announced it before.</summary>
    UnsolicitedBlock,

    /// <summary>Headers that were neither asked for nor announced.</summary>
    UnsolicitedHeaders,

    /// <summary>Addresses that were not asked for.</summary>
    UnsolicitedAddresses,

    /// <summary>A pong without a ping, or with another number.</summary>
    UnsolicitedPong,

    /// <summary>"Not found" for a block that was not asked for.</summary>
    UnsolicitedNotFound,

    /// <summary>Headers of which one is not the parent of the next.</summary>
    UnconnectedHeaders,

    /// <summary>An announced header that the peer could not lead up to when asked.</summary>
    UnprovenHead,

    /// <summary>Announced transactions again and again without delivering them.</summary>
    WithheldTransactions,

    /// <summary>Asked for what was delivered to it already.</summary>
    RepeatedRequest,

    /// <summary>A body whose transactions are not those of its header.</summary>
    WrongBody,

    /// <summary>Blocks that it has, asked for and not delivered.</summary>
    StalledBlocks,

    /// <summary>Headers that it has, asked for and not delivered.</summary>
    StalledHeaders,

    /// <summary>A transaction that no state makes valid: a wrong signature, another chain's.</summary>
    InvalidTransaction,

    /// <summary>A header that breaks a rule.</summary>
    InvalidHeader,

    /// <summary>A block that breaks a rule.</summary>
    InvalidBlock,

    /// <summary>A consensus message that no correct engine sends.</summary>
    InvalidConsensusMessage,

    /// <summary>More blocks that were not asked for than the allowance.</summary>
    TooManyBlocks,

    /// <summary>A compact block with the same short id twice.</summary>
    MalformedCompactBlock,

    /// <summary>Transactions of a block that were not asked for.</summary>
    UnsolicitedBlockTransactions,

    /// <summary>Other transactions of a block than were asked for, or other ones than its short ids say.</summary>
    WrongBlockTransactions,

    /// <summary>Asked for places that a block does not have.</summary>
    IndexOutOfRange,

    /// <summary>What a block changed in the state, without having been asked.</summary>
    UnsolicitedStateChanges,

    /// <summary>What a block is said to have changed in the state, which does not lead to the state root of its header.</summary>
    WrongStateChanges,
}
