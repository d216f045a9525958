namespace Chain.Core.Wire;

/// <summary>
/// What peers say to each other, after the handshake. On the wire a message is its <see cref="MessageKind"/> byte
/// and a canonical array. Lists are never null; values are immutable.
/// </summary>
public abstract record PeerMessage
{
    private protected PeerMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract MessageKind Kind { get; }

    /// <summary>Opens a connection on both sides; nothing else may come first.</summary>
    /// <param name="Network">The network's number; another is refused.</param>
    /// <param name="Genesis">The chain's genesis id; another is refused.</param>
    /// <param name="MinVersion">Oldest protocol version that the sender speaks.</param>
    /// <param name="MaxVersion">Newest protocol version that the sender speaks; both use the greatest common one.</param>
    /// <param name="Capabilities">Bits of <see cref="PeerCapabilities"/>.</param>
    /// <param name="Agent">Name and version of the software, for people.</param>
    /// <param name="ListenAddress">Where the sender takes connections, or null where it takes none.</param>
    /// <param name="Head">The sender's head.</param>
    /// <param name="HeadHeight">The height of <paramref name="Head"/>.</param>
    public sealed record Hello(
        uint Network,
        BlockId Genesis,
        uint MinVersion,
        uint MaxVersion,
        PeerCapabilities Capabilities,
        string Agent,
        PeerAddress? ListenAddress,
        BlockId Head,
        BlockHeight HeadHeight) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Hello;
    }

    /// <summary>The last message before a connection is closed on purpose.</summary>
    /// <param name="Reason">Why, for the other side's log; at most <see cref="WireLimits.TextBytes"/>.</param>
    public sealed record Goodbye(string Reason) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Goodbye;
    }

    /// <summary>Asks for a <see cref="Pong"/> with the same number.</summary>
    public sealed record Ping(ulong Nonce) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Ping;
    }

    /// <summary>Answers a <see cref="Ping"/>.</summary>
    public sealed record Pong(ulong Nonce) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Pong;
    }

    /// <summary>Asks for addresses of other peers.</summary>
    public sealed record GetAddresses : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.GetAddresses;
    }

    /// <summary>Addresses of other peers, at most <see cref="WireLimits.Addresses"/>.</summary>
    public sealed record Addresses(IReadOnlyList<PeerAddress> Items) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Addresses;
    }

    /// <summary>The sender holds these transactions; at most <see cref="WireLimits.InventoryIds"/>.</summary>
    public sealed record AnnounceTransactions(IReadOnlyList<TransactionId> Ids) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.AnnounceTransactions;
    }

    /// <summary>Asks for announced transactions; what the other side lacks by now is left out of its answer.</summary>
    public sealed record RequestTransactions(IReadOnlyList<TransactionId> Ids) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.RequestTransactions;
    }

    /// <summary>Transactions, at most <see cref="WireLimits.DeliveredTransactions"/>.</summary>
    public sealed record Transactions(IReadOnlyList<Transaction> Items) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Transactions;
    }

    /// <summary>New blocks near the sender's head, as headers: the receiver can check before it asks for the body.</summary>
    public sealed record AnnounceBlocks(IReadOnlyList<BlockHeader> Items) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.AnnounceBlocks;
    }

    /// <summary>Asks for whole blocks; answered one by one, or with <see cref="BlocksNotFound"/>.</summary>
    public sealed record RequestBlocks(IReadOnlyList<BlockId> Ids) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.RequestBlocks;
    }

    /// <summary>One whole block.</summary>
    public sealed record DeliverBlock(Block Block) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.DeliverBlock;
    }

    /// <summary>The sender lacks these blocks that were asked for.</summary>
    public sealed record BlocksNotFound(IReadOnlyList<BlockId> Ids) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.BlocksNotFound;
    }

    /// <summary>Asks for headers after the first id of the locator that the other side has on its chain.</summary>
    /// <param name="Locator">Newest first, thinning out towards genesis; at most <see cref="WireLimits.LocatorIds"/>.</param>
    public sealed record GetHeaders(IReadOnlyList<BlockId> Locator) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.GetHeaders;
    }

    /// <summary>Headers in ascending order, each the parent of the next; at most <see cref="WireLimits.Headers"/>.</summary>
    public sealed record Headers(IReadOnlyList<BlockHeader> Items) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Headers;
    }

    /// <summary>
    /// A block without the transactions that the receiver is likely to hold: each of these is a <see cref="ShortIds"/>
    /// entry. Sent unasked, or as an answer to <see cref="GetCompactBlock"/>.
    /// </summary>
    /// <param name="Header">The header.</param>
    /// <param name="Salt">Chosen by the sender, for this block; no two short ids are equal under it. See <see cref="ShortIdKey"/>.</param>
    /// <param name="ShortIds">
    /// Of the transactions that are not prefilled, in the order of the block, <see cref="ShortIdKey.Size"/> bytes each, little-endian.
    /// </param>
    /// <param name="Prefilled">Whole transactions by their place in the block, ascending.</param>
    public sealed record CompactBlock(
        BlockHeader Header, ulong Salt, ReadOnlyMemory<byte> ShortIds, IReadOnlyList<PrefilledTransaction> Prefilled) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.CompactBlock;

        /// <summary>How many transactions the block has.</summary>
        public int TransactionCount => (ShortIds.Length / ShortIdKey.Size) + Prefilled.Count;

        /// <summary>
        /// The block that it was made of; null where it was decoded. Simulated nodes that pass messages by reference share
        /// the block's bytes by it.
        /// </summary>
        internal Block? Source { get; init; }
    }

    /// <summary>Asks who sent a block as <see cref="CompactBlock"/> for transactions of it, once.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Indexes">Places in the block, ascending; at least one.</param>
    public sealed record GetBlockTransactions(BlockId Block, IReadOnlyList<int> Indexes) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.GetBlockTransactions;
    }

    /// <summary>Answers <see cref="GetBlockTransactions"/>, in the order in which it asks.</summary>
    public sealed record BlockTransactions(BlockId Block, IReadOnlyList<Transaction> Items) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.BlockTransactions;
    }

    /// <summary>
    /// Asks for a block as <see cref="CompactBlock"/>; the answer may as well be <see cref="DeliverBlock"/>, or
    /// <see cref="BlocksNotFound"/>.
    /// </summary>
    public sealed record GetCompactBlock(BlockId Block) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.GetCompactBlock;
    }

    /// <summary>Asks the other side to send new blocks as <see cref="CompactBlock"/> instead of announcing them, or no more.</summary>
    public sealed record PushCompactBlocks(bool IsWanted) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.PushCompactBlocks;
    }

    /// <summary>Asks what a block changed in the state of its parent; answered by <see cref="StateChanges"/>.</summary>
    public sealed record GetStateChanges(BlockId Block) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.GetStateChanges;
    }

    /// <summary>Answers <see cref="GetStateChanges"/>.</summary>
    /// <param name="Block">The block that was asked about.</param>
    /// <param name="Answer">Whether its changes follow, or why not.</param>
    /// <param name="Changes">
    /// The changes, whose form only the ledger knows; at most <see cref="WireLimits.StateChangesBytes"/>, and empty unless
    /// <paramref name="Answer"/> is <see cref="StateChangesAnswer.Given"/>.
    /// </param>
    public sealed record StateChanges(BlockId Block, StateChangesAnswer Answer, ReadOnlyMemory<byte> Changes) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.StateChanges;
    }

    /// <summary>A message of the consensus engine, whose form only the engine knows.</summary>
    public sealed record Consensus(ReadOnlyMemory<byte> Payload) : PeerMessage
    {
        /// <inheritdoc/>
        public override MessageKind Kind => MessageKind.Consensus;
    }
}
