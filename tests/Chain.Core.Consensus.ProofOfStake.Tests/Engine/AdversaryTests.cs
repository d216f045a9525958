using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>One validator of four is faulty, in each of the ways we know; the others stay safe and go on.</summary>
public sealed class AdversaryTests
{
    private const int Bad = 3;

    private static readonly TimeSpan Delta = TimeSpan.FromMilliseconds(100);

    private readonly StakeNetwork _network =
        new StakeNetwork(new ProofOfStakeOptions { Validators = TestKeys.Equal(4) }, realCrypto: false).StartAll();

    [Fact]
    public void Voter_Equivocates_IsProvedGuilty()
    {
        _network.Link = (from, to, payload) =>
        {
            if (from.Index == Bad && EngineMessage.Decode(payload) is EngineMessage.OfVote { Vote.Statement: { Kind: VoteKind.Notarize } said })
            {
                Tell(to, Sign(said with { Subject = Sha256.Hash("another block"u8) }));
            }

            return Delta;
        };

        AssertSafeAndLive();
        AssertGuilty("two-notarizations");
    }

    [Fact]
    public void Voter_FinalizesAndNullifies_IsProvedGuilty()
    {
        _network.Link = (from, to, payload) =>
        {
            if (from.Index == Bad && EngineMessage.Decode(payload) is EngineMessage.OfVote { Vote.Statement: { Kind: VoteKind.Finalize } said })
            {
                Tell(to, Sign(new Statement(VoteKind.Nullify, said.View, default)));
            }

            return Delta;
        };

        AssertSafeAndLive();
        AssertGuilty("finalize-and-nullify");
    }

    [Fact]
    public void Leader_Equivocates_IsProvedGuilty()
    {
        _network.BlockLink = (from, to, header) =>
        {
            if (from.Index == Bad && StakeSeal.TryDecode(header.Seal, out StakeSeal? seal))
            {
                HeaderFields fields = header.Fields with { StateRoot = Sha256.Hash("another state"u8) };
                byte[] signature = _network.Sign(Bad, seal.Proposal(in fields).SigningHash(_network.Genesis.Id));
                BlockHeader other = BlockHeader.Create(in fields, seal.With(signature).Encode());
                _network.At(_network.Now + Delta, () => to.Receive(to.Index == 0 ? other : header, from));
                _network.At(_network.Now + Delta + Delta, () => to.Receive(to.Index == 0 ? header : other, from));
                return null;
            }

            return Delta;
        };

        AssertSafeAndLive();
        AssertGuilty("two-proposals");
    }

    [Fact]
    public void Sender_Selective_CannotHoldTheOthersBack()
    {
        _network.Link = (from, to, _) => from.Index == Bad && to.Index != 0 ? null : Delta;
        _network.BlockLink = (from, to, _) => from.Index == Bad && to.Index != 0 ? null : Delta;
        AssertSafeAndLive();
    }

    [Fact]
    public void Node_Slow_DoesNotHoldTheOthersBack()
    {
        _network.Link = (from, _, _) => from.Index == Bad ? 20 * Delta : Delta;
        _network.BlockLink = (from, _, _) => from.Index == Bad ? 20 * Delta : Delta;
        AssertSafeAndLive();
    }

    [Fact]
    public void Forger_OfCertificates_IsReportedByEverybody()
    {
        _network.Link = (from, to, payload) =>
        {
            if (from.Index == Bad && EngineMessage.Decode(payload) is EngineMessage.OfVote of)
            {
                Tell(to, Forge(of.Vote.Statement.View, Sha256.Hash("a block of the forger"u8)));
            }

            return Delta;
        };

        AssertSafeAndLive();
        Assert.All(_network.Nodes.Take(3), node => Assert.Contains(node.Reports, report => report.Reason == "a certificate with a false signature"));
        Assert.All(_network.Nodes.Take(3), node => Assert.DoesNotContain(node.Reports, report => report.Peer.Value != Bad + 1));
    }

    [Fact]
    public void Flooder_OfFalseVotes_StopsNobody()
    {
        ulong flood = 0;
        _network.Link = (from, to, payload) =>
        {
            if (from.Index == Bad && EngineMessage.Decode(payload) is EngineMessage.OfVote of)
            {
                for (int i = 0; i < 30; i++)
                {
                    var signature = new byte[Ed25519.SignatureSize];
                    BitConverter.TryWriteBytes(signature, flood++);
                    View view = new(of.Vote.Statement.View.Value + (ulong)(i % 4));
                    var statement = new Statement(VoteKind.Notarize, view, Sha256.Hash(signature));
                    Tell(to, new EngineMessage.OfVote(new Vote(statement, i % 4, signature)));
                }
            }

            return Delta;
        };

        AssertSafeAndLive();
        Assert.All(_network.Nodes.Take(3), node => Assert.All(node.Reports, report => Assert.Equal(Bad + 1UL, report.Peer.Value)));
        Assert.True(flood > 1000);
    }

    [Fact]
    public void Impersonator_OfAnotherValidator_CountsForNothing()
    {
        _network.Link = (from, to, payload) =>
        {
            if (from.Index == Bad && EngineMessage.Decode(payload) is EngineMessage.OfVote of)
            {
                Tell(to, new EngineMessage.OfVote(of.Vote with { Signer = 1 }));
            }

            return Delta;
        };

        AssertSafeAndLive();
        Assert.All(_network.Nodes, node => Assert.Empty(node.Evidence));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Clock_OfOneNodeIsOff_TheOthersGoOn(int seconds)
    {
        _network.Skew = node => node == Bad ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        AssertSafeAndLive();
    }

    [Fact]
    public void Amnesiac_RestartsWithAnOlderDisk_OthersStaySafe()
    {
        StakeNode bad = _network.Nodes[Bad];
        for (int i = 0; i < 10; i++)
        {
            var records = new SortedDictionary<ulong, ConsensusRecord>(bad.Records);
            var marks = new SortedDictionary<byte, (ulong, Hash256)>(bad.Marks);
            _network.RunFor(TimeSpan.FromMilliseconds(730));
            bad.Stop();
            bad.Records = records;
            bad.Marks = marks;
            bad.Start();
        }

        AssertSafeAndLive();
    }

    private void AssertSafeAndLive()
    {
        _network.RunFor(TimeSpan.FromSeconds(15));
        int[] before = [.. _network.Nodes.Select(node => node.Finalized.Count)];
        _network.RunFor(TimeSpan.FromSeconds(10));
        Assert.Empty(_network.Forks);
        Assert.All(_network.Nodes.Take(3), node =>
            Assert.True(node.Finalized.Count > before[node.Index] + 3, $"node {node.Index}: {_network.Describe()}"));
        Assert.All(_network.Nodes.Take(3), FaultTests.AssertNoDoubleVotes);
    }

    private void AssertGuilty(string kind) => Assert.All(_network.Nodes.Take(3), node =>
    {
        var offences = new StakeOffences(_network.Options);
        Assert.Contains(node.Evidence, proof => offences.TryRead(proof, out Offence? offence) && offence.Kind == kind);
        Assert.All(node.Evidence, proof =>
        {
            Assert.True(offences.TryRead(proof, out Offence? offence));
            Assert.Equal(_network.Keys[Bad].Key, offence.Offender);
        });
    });

    private EngineMessage.OfVote Sign(Statement statement) =>
        new(new Vote(statement, Bad, _network.Sign(Bad, statement.SigningHash(_network.Genesis.Id))));

    private EngineMessage.OfCertificate Forge(View view, Hash256 subject)
    {
        var statement = new Statement(VoteKind.Finalize, view, subject);
        var signatures = new ReadOnlyMemory<byte>[4];
        Array.Fill(signatures, Sign(statement).Vote.Signature);
        return new EngineMessage.OfCertificate(Certificate.Create(in statement, signatures));
    }

    private void Tell(StakeNode to, EngineMessage message)
    {
        ReadOnlyMemory<byte> payload = EngineMessage.Encode(message);
        _network.At(_network.Now + Delta, () => to.Feed(new ConsensusInput.MessageArrived(
            new ConnectionId(Bad + 1), new PeerId(default), payload)));
    }
}
