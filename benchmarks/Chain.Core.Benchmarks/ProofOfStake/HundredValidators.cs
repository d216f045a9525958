using Chain.Core.Benchmarks.Ratios;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Consensus.ProofOfStake.Tests;
using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Benchmarks.ProofOfStake;

/// <summary>
/// What one of a hundred validators computes for a block, its own signatures included. All hundred finalize blocks with real signatures
/// first; what reaches one of them is written down, and is what that one is given again, alone, while it is measured.
/// </summary>
internal sealed class HundredValidators
{
    public const int Validators = 100;

    /// <summary>Blocks per call.</summary>
    public const int Blocks = 48;

    /// <summary>Blocks before them, after which a validator has prepared the keys of its epoch, once for thousands of blocks.</summary>
    private const int Before = 2;

    private const int Measured = 0;
    private const int Prepared = 64;
    private const int Quorum = (2 * Validators / 3) + 1;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    private readonly ProofOfStakeOptions _options = new() { Validators = TestKeys.Equal(Validators), RelaysVotes = false };
    private readonly List<(Instant At, StakeNode From, ReadOnlyMemory<byte> Payload)> _messages = [];
    private readonly List<(Instant At, BlockHeader Header)> _headers = [];
    private readonly Queue<StakeNetwork> _fresh = new();
    private readonly StakeTable _table;
    private readonly SignatureClaim[] _claims;
    private readonly bool[] _verdicts;

    private HundredValidators(int votes)
    {
        StakeNetwork all = Record();
        StakeTable.TryCreate(_options.Validators, out StakeTable? table);
        _table = table!;
        var statement = new Statement(VoteKind.Notarize, View.Of(0, 1), Sha256.Hash("a block"u8));
        Hash256 message = statement.SigningHash(all.Genesis.Id);
        _claims = [.. Enumerable.Range(0, votes).Select(signer => new SignatureClaim(
            _table.PublicKey(signer), message.ToArray(), all.Sign(signer, message)))];
        _verdicts = new bool[votes];
        for (int i = 0; i < Prepared; i++)
        {
            _fresh.Enqueue(Alone());
        }
    }

    /// <summary>Against the votes that it needs: a quorum of each kind.</summary>
    public static Contest PrepareQuorums() => Prepare(Quorum);

    /// <summary>Against the votes that reach it: those of all others, of each kind.</summary>
    public static Contest PrepareAllVotes() => Prepare(Validators - 1);

    private static Contest Prepare(int votes)
    {
        var hundred = new HundredValidators(votes);
        return new Contest(hundred.FinalizeBlocks, hundred.Verify, hundred.FindMistake);
    }

    /// <summary>All hundred, until the measured one has its blocks final.</summary>
    private StakeNetwork Record()
    {
        var all = new StakeNetwork(_options);
        all.Link = (from, to, payload) =>
        {
            if (to.Index == Measured)
            {
                _messages.Add((all.Now + Delay, from, payload));
            }

            return Delay;
        };
        all.BlockLink = (_, to, header) =>
        {
            if (to.Index == Measured)
            {
                _headers.Add((all.Now + Delay, header));
            }

            return Delay;
        };
        all.StartAll();
        Finalize(all, Before + Blocks);
        return all;
    }

    /// <summary>The measured one without the others, and all that they will have sent to it on the way.</summary>
    private StakeNetwork Alone()
    {
        var alone = new StakeNetwork(_options);
        StakeNode node = alone.Add(Measured);
        foreach ((Instant at, BlockHeader header) in _headers)
        {
            alone.At(at, () => node.Receive(header, node));
        }

        foreach (IGrouping<Instant, (Instant At, StakeNode From, ReadOnlyMemory<byte> Payload)> together in _messages.GroupBy(static message => message.At))
        {
            // One event, as the queue of ten thousands that stands for the network is no work of a validator.
            (Instant, StakeNode From, ReadOnlyMemory<byte> Payload)[] messages = [.. together];
            alone.At(together.Key, () =>
            {
                foreach ((_, StakeNode from, ReadOnlyMemory<byte> payload) in messages)
                {
                    node.Feed(new ConsensusInput.MessageArrived(new ConnectionId((ulong)from.Index + 1), default, payload));
                }
            });
        }

        node.Start();
        Finalize(alone, Before);
        return alone;
    }

    private void FinalizeBlocks() => Finalize(_fresh.TryDequeue(out StakeNetwork? alone) ? alone : Alone(), Before + Blocks);

    private static void Finalize(StakeNetwork network, int blocks)
    {
        if (!network.RunUntil(() => network.Nodes[Measured].Finalized.Count >= blocks, Enough))
        {
            throw new InvalidOperationException("The blocks do not become final.");
        }
    }

    /// <summary>The votes of these blocks, those that notarize and those that finalize.</summary>
    private void Verify()
    {
        for (int i = 0; i < Blocks * 2; i++)
        {
            RealStakeCrypto.Instance.VerifyMany(_claims, _verdicts, _table);
        }
    }

    private string? FindMistake()
    {
        Verify();
        return _verdicts.Contains(false) ? "a good signature is refused" : null;
    }
}
