using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Gossip.Tests.Relay.Compact;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip.Tests.Faults;

/// <summary>
/// One node between a new mallory for each block, who pushes its compact form mutated and answers as she likes, and carol,
/// who is honest and a little later.
/// </summary>
internal sealed class MutatedBodies(Protections protections, DeterministicRandom random, Row20Tests.Outcome outcome)
{
    private readonly Scene _scene = new Scene(Chains.Options with { Protections = protections }).Start();
    private Block _block = Chains.Genesis;
    private int _carolsRequests;

    public void Play(int count)
    {
        ConnectionId carol = Meet("carol");
        for (int i = 0; i < count; i++)
        {
            ConnectionId mallory = Meet($"mallory-{outcome.Blocks}");
            MakeBlock();
            _carolsRequests = 0;
            _scene.Hear(mallory, Mutated(CompactBlocks.Of(_block, Prefilled())));
            AnswerAll(mallory, carol);
            _scene.Hear(carol, new PeerMessage.AnnounceBlocks([_block.Header]));
            for (int waits = 0; waits < 4 && _scene.Chain.Head.Id != _block.Id; waits++)
            {
                AnswerAll(mallory, carol);
                _scene.Wait(Chains.Options.Sync.BlockTimeout);
            }

            Judge(mallory, carol);
            _scene.Tell(new GossipInput.Disconnected(mallory, "done"));
            _scene.ForgetSent();
            _scene.Closed.Clear();
        }
    }

    private void Judge(ConnectionId mallory, ConnectionId carol)
    {
        outcome.Blocks++;
        outcome.Arrived += _scene.Chain.Head.Id == _block.Id ? 1 : 0;
        outcome.WrongBodies += _scene.Take<GossipEvent.BlockReceived>().Count(received => !received.Block.Encoded.Span.SequenceEqual(_block.Encoded.Span));
        List<GossipEvent.PeerMisbehaved> blamed = _scene.Take<GossipEvent.PeerMisbehaved>();
        outcome.BlamedHonest += blamed.Count(each => each.Connection.Id == carol);
        outcome.BlamedMallory += blamed.Count(each => each.Connection.Id == mallory);
        outcome.MostExtraTrips = int.Max(outcome.MostExtraTrips, _carolsRequests);
        _scene.Events.Clear();
    }

    private ConnectionId Meet(string name)
    {
        PeerMessage.Hello hello = Scene.Hello(name);
        return _scene.Meet(name, hello with { Capabilities = hello.Capabilities | PeerCapabilities.CompactBlocks });
    }

    /// <summary>A block of which the node has most transactions, and as many others.</summary>
    private void MakeBlock()
    {
        Transaction[] transactions = CompactBlocks.Transactions(1 + random.NextIndex(20), 1000 * (ulong)(outcome.Blocks + 1));
        _block = Chains.BlockOn(_scene.Chain.Head, 0, transactions);
        foreach (Transaction transaction in transactions.Where(_ => random.NextBelow(4) > 0).Concat(Others()))
        {
            _scene.Chain.Add(transaction);
        }
    }

    private Transaction[] Others() => CompactBlocks.Transactions(5, (1000 * (ulong)(outcome.Blocks + 1)) + 500);

    private int[] Prefilled() => [.. Enumerable.Range(0, _block.Transactions.Count).Where(_ => random.NextBelow(5) == 0)];

    private PeerMessage.CompactBlock Mutated(PeerMessage.CompactBlock compact)
    {
        byte[] ids = compact.ShortIds.ToArray();
        int count = ids.Length / ShortIdKey.Size;
        int place = count == 0 ? 0 : random.NextIndex(count);
        switch (random.NextBelow(8))
        {
            case 0:
                return new PeerMessage.CompactBlock(compact.Header, compact.Salt + 1, ids, compact.Prefilled);
            case 1 when count > 0:
                ids[random.NextIndex(ids.Length)] ^= (byte)(1 << random.NextIndex(8));
                return new PeerMessage.CompactBlock(compact.Header, compact.Salt, ids, compact.Prefilled);
            case 2 when count > 1:
                int other = (place + 1) % count;
                ulong one = ShortIdKey.Read(ids, place);
                ShortIdKey.Write(ShortIdKey.Read(ids, other), ids.AsSpan(place * ShortIdKey.Size));
                ShortIdKey.Write(one, ids.AsSpan(other * ShortIdKey.Size));
                return new PeerMessage.CompactBlock(compact.Header, compact.Salt, ids, compact.Prefilled);
            case 3 when count > 1:
                ShortIdKey.Write(ShortIdKey.Read(ids, (place + 1) % count), ids.AsSpan(place * ShortIdKey.Size));
                return new PeerMessage.CompactBlock(compact.Header, compact.Salt, ids, compact.Prefilled);
            case 4 when count > 0 && compact.Prefilled.Count == 0:
                return new PeerMessage.CompactBlock(compact.Header, compact.Salt, ids.AsMemory(ShortIdKey.Size), compact.Prefilled);
            case 5:
                return new PeerMessage.CompactBlock(compact.Header, compact.Salt, (byte[])[.. ids, 1, 2, 3, 4, 5, 6], compact.Prefilled);
            case 6 when compact.Prefilled.Count > 0:
                return new PeerMessage.CompactBlock(
                    compact.Header, compact.Salt, ids, [compact.Prefilled[0] with { Transaction = Others()[0] }, .. compact.Prefilled.Skip(1)]);
            default:
                if (count == 0)
                {
                    return compact;
                }

                outcome.Collisions++;
                return CompactBlocks.Colliding(compact, place, Others()[random.NextIndex(5)]);
        }
    }

    private void AnswerAll(ConnectionId mallory, ConnectionId carol)
    {
        bool isAnswered;
        do
        {
            isAnswered = false;
            foreach (PeerMessage asked in _scene.Sent<PeerMessage>(mallory))
            {
                isAnswered |= !_scene.Closed.ContainsKey(mallory) && Answer(mallory, asked, isHonest: random.NextBelow(2) == 0);
            }

            foreach (PeerMessage asked in _scene.Sent<PeerMessage>(carol))
            {
                _carolsRequests += asked is PeerMessage.GetBlockTransactions or PeerMessage.RequestBlocks ? 1 : 0;
                isAnswered |= Answer(carol, asked, isHonest: true);
            }
        }
        while (isAnswered);
    }

    private bool Answer(ConnectionId peer, PeerMessage asked, bool isHonest)
    {
        switch (asked)
        {
            case PeerMessage.GetCompactBlock:
                _scene.Hear(peer, isHonest ? CompactBlocks.Of(_block) : Mutated(CompactBlocks.Of(_block, Prefilled())));
                return true;
            case PeerMessage.GetBlockTransactions requested:
                int[] places = [.. requested.Indexes.Where(place => place < _block.Transactions.Count)];
                Transaction[] given = [.. places.Select(place => _block.Transactions[place])];
                _scene.Hear(peer, new PeerMessage.BlockTransactions(_block.Id, isHonest ? given : MutatedAnswer(given)));
                return true;
            case PeerMessage.RequestBlocks when isHonest:
                _scene.Hear(peer, new PeerMessage.DeliverBlock(_block));
                return true;
            case PeerMessage.RequestBlocks when random.NextBelow(2) == 0:
                _scene.Hear(peer, new PeerMessage.DeliverBlock(Block.Create(_block.Header, [.. _block.Transactions, Others()[1]])));
                return true;
            default:
                return false;
        }
    }

    private Transaction[] MutatedAnswer(Transaction[] given) => random.NextBelow(4) switch
    {
        0 => [.. given.Skip(1)],
        1 => [.. given, Others()[2]],
        2 => [.. given.Reverse()],
        _ => [.. given.Select(each => random.NextBelow(2) == 0 ? Others()[3] : each)],
    };
}
