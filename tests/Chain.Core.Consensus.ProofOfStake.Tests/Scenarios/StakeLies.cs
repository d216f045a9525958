using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Lies in the format of this engine, for a <see cref="Chain.Core.Simulation.LyingAdversary"/>.</summary>
/// <param name="network">Where the key and the genesis are.</param>
/// <param name="me">Whose key signs.</param>
internal sealed class StakeLies(StakeNetwork network, int me)
{
    /// <summary>For each notarization and finalization one of a block that is not there.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> OtherBlock(ReadOnlyMemory<byte> said, DeterministicRandom random) =>
        TryReadOwn(said, out Statement vote) && vote.Kind != VoteKind.Nullify
            ? [Sign(vote with { Subject = Sha256.Hash(said.Span) })]
            : [];

    /// <summary>Whichever of nullify and finalize it did not say.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> OtherConclusion(ReadOnlyMemory<byte> said, DeterministicRandom random)
    {
        if (!TryReadOwn(said, out Statement vote))
        {
            return [];
        }

        return vote.Kind switch
        {
            VoteKind.Notarize => [Sign(new Statement(VoteKind.Nullify, vote.View, default)), Sign(vote with { Kind = VoteKind.Finalize })],
            VoteKind.Finalize => [Sign(new Statement(VoteKind.Nullify, vote.View, default))],
            _ => [],
        };
    }

    /// <summary>Votes for everything that anybody votes for, so that every tally has this validator in it.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Everything(ReadOnlyMemory<byte> said, DeterministicRandom random)
    {
        List<ReadOnlyMemory<byte>> lies = [];
        if (TryReadOwn(said, out Statement vote) && vote.Kind != VoteKind.Nullify)
        {
            foreach (BlockId block in network.BlocksOf(vote.View))
            {
                lies.Add(Sign(new Statement(VoteKind.Notarize, vote.View, block.Value)));
                lies.Add(Sign(new Statement(VoteKind.Finalize, vote.View, block.Value)));
            }

            lies.Add(Sign(new Statement(VoteKind.Nullify, vote.View, default)));
        }

        return lies;
    }

    /// <summary>Certificates that all validators seem to have signed, each with this one's signature.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ForgedCertificate(ReadOnlyMemory<byte> said, DeterministicRandom random) =>
        TryReadOwn(said, out Statement vote)
            ? [Certify(Lie(vote, random), all: true)]
            : [];

    /// <summary>Certificates that this validator alone signed.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> LonelyCertificate(ReadOnlyMemory<byte> said, DeterministicRandom random) =>
        TryReadOwn(said, out Statement vote)
            ? [Certify(Lie(vote, random), all: false)]
            : [];

    /// <summary>Its own votes, and for blocks that are not there, in the name of the others.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> VotesOfOthers(ReadOnlyMemory<byte> said, DeterministicRandom random)
    {
        List<ReadOnlyMemory<byte>> lies = [];
        if (EngineMessage.TryReadVote(said, out Vote vote))
        {
            Statement lie = Lie(vote.Statement, random);
            for (int other = 0; other < network.Keys.Length; other++)
            {
                lies.Add(EngineMessage.Encode(new EngineMessage.OfVote(new Vote(lie, other, Signature(in lie)))));
            }
        }

        return lies;
    }

    /// <summary>The same vote again and again, each time with the same good signature.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Repetitions(ReadOnlyMemory<byte> said, DeterministicRandom random) =>
        TryReadOwn(said, out _) ? Enumerable.Repeat(said, 8) : [];

    /// <summary>Many good votes for blocks that are not there, in the view and a few ahead.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ManyBlocks(ReadOnlyMemory<byte> said, DeterministicRandom random)
    {
        List<ReadOnlyMemory<byte>> lies = [];
        if (TryReadOwn(said, out Statement vote))
        {
            for (ulong i = 0; i < 12; i++)
            {
                var view = new View(vote.View.Value + (i % 4));
                lies.Add(Sign(new Statement(i % 2 == 0 ? VoteKind.Notarize : VoteKind.Finalize, view, NoBlock(random))));
            }
        }

        return lies;
    }

    private Statement Lie(Statement truth, DeterministicRandom random) => random.NextBelow(3) switch
    {
        0 => new Statement(VoteKind.Nullify, truth.View, default),
        1 when network.BlocksOf(truth.View).ToArray() is { Length: > 0 } blocks =>
            new Statement(VoteKind.Finalize, truth.View, blocks[random.NextIndex(blocks.Length)].Value),
        _ => new Statement(VoteKind.Notarize, truth.View, NoBlock(random)),
    };

    private static Hash256 NoBlock(DeterministicRandom random)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        BitConverter.TryWriteBytes(bytes, random.NextUInt64());
        return new Hash256(bytes);
    }

    private bool TryReadOwn(ReadOnlyMemory<byte> said, out Statement statement)
    {
        bool isOwn = EngineMessage.TryReadVote(said, out Vote vote) && vote.Signer == me;
        statement = vote.Statement;
        return isOwn;
    }

    private byte[] Signature(in Statement statement) => network.Sign(me, statement.SigningHash(network.Genesis.Id));

    private ReadOnlyMemory<byte> Sign(in Statement statement) =>
        EngineMessage.Encode(new EngineMessage.OfVote(new Vote(statement, me, Signature(in statement))));

    private ReadOnlyMemory<byte> Certify(Statement statement, bool all)
    {
        var signatures = new ReadOnlyMemory<byte>[network.Keys.Length];
        for (int signer = 0; signer < signatures.Length; signer++)
        {
            signatures[signer] = all || signer == me ? Signature(in statement) : default(ReadOnlyMemory<byte>);
        }

        return EngineMessage.Encode(new EngineMessage.OfCertificate(Certificate.Create(in statement, signatures)));
    }
}
