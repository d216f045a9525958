using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>What one peer has left of its allowances. A part of its <see cref="Peer"/>: not to be copied.</summary>
internal struct PeerBudget(BudgetOptions options, Instant now)
{
    private const int HeadersRequestUnits = 16;
    private const int AddressRequestUnits = 64;

    private TokenBucket _messages = new(options.Messages, now);
    private TokenBucket _bytes = new(options.Bytes, now);
    private TokenBucket _headers = new(options.Headers, now);
    private TokenBucket _announcements = new(options.Announcements, now);
    private TokenBucket _transactions = new(options.Transactions, now);
    private TokenBucket _blocks = new(options.Blocks, now);
    private TokenBucket _addresses = new(options.Addresses, now);
    private TokenBucket _requests = new(options.Requests, now);
    private TokenBucket _consensus = new(options.Consensus, now);

    /// <summary>Pays for a message; anything but none says which allowance does not have room for it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isAwaited">Whether the peer was asked for such a message.</param>
    /// <param name="now">The time.</param>
    public Misbehaviour Charge(PeerMessage message, bool isAwaited, Instant now)
    {
        // How fast these come is up to who asks; a quick peer must not be blamed for its answers.
        if (isAwaited && message is (PeerMessage.DeliverBlock or PeerMessage.Headers or PeerMessage.CompactBlock or PeerMessage.BlockTransactions))
        {
            return Misbehaviour.None;
        }

        if (!_messages.TryTake(1, now))
        {
            return Misbehaviour.TooManyMessages;
        }

        return isAwaited || _bytes.TryTake(MessageSize.Of(message), now)
            ? ChargeItems(message, now)
            : Misbehaviour.TooManyBytes;
    }

    private Misbehaviour ChargeItems(PeerMessage message, Instant now) => message switch
    {
        PeerMessage.AnnounceTransactions announced =>
            Pay(ref _announcements, announced.Ids.Count, now, Misbehaviour.TooManyAnnouncements),
        PeerMessage.Transactions transactions =>
            Pay(ref _transactions, transactions.Items.Count, now, Misbehaviour.TooManyTransactions),
        PeerMessage.AnnounceBlocks announced => Pay(ref _headers, announced.Items.Count, now, Misbehaviour.TooManyHeaders),
        PeerMessage.Headers headers => Pay(ref _headers, headers.Items.Count, now, Misbehaviour.TooManyHeaders),
        PeerMessage.DeliverBlock or PeerMessage.CompactBlock => Pay(ref _blocks, 1, now, Misbehaviour.TooManyBlocks),
        PeerMessage.Addresses addresses => Pay(ref _addresses, addresses.Items.Count, now, Misbehaviour.TooManyAddresses),
        PeerMessage.RequestTransactions requested => Pay(ref _requests, requested.Ids.Count, now, Misbehaviour.TooManyRequests),
        PeerMessage.RequestBlocks requested => Pay(ref _requests, requested.Ids.Count, now, Misbehaviour.TooManyRequests),
        PeerMessage.GetBlockTransactions or PeerMessage.GetCompactBlock or PeerMessage.GetStateChanges => Pay(ref _requests, 1, now, Misbehaviour.TooManyRequests),
        PeerMessage.BlocksNotFound missing => Pay(ref _requests, missing.Ids.Count, now, Misbehaviour.TooManyRequests),
        PeerMessage.GetHeaders => Pay(ref _requests, HeadersRequestUnits, now, Misbehaviour.TooManyRequests),
        PeerMessage.GetAddresses => Pay(ref _requests, AddressRequestUnits, now, Misbehaviour.TooManyRequests),
        PeerMessage.Consensus => Pay(ref _consensus, 1, now, Misbehaviour.TooManyConsensusMessages),
        _ => Misbehaviour.None,
    };

    private static Misbehaviour Pay(ref TokenBucket bucket, int units, Instant now, Misbehaviour excess) =>
        bucket.TryTake(units, now) ? Misbehaviour.None : excess;
}
