using Chain.Core.Crypto;
using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What leaders propose: new blocks, and the last block of an epoch again until it is final.</summary>
internal sealed class Proposals(EngineScope scope, Rounds rounds, Ancestry ancestry, Offences offences, Voting voting, Ballots ballots)
{
    private const ulong ProposalsAhead = 64;

    /// <summary>A header arrived, whose seal holds.</summary>
    /// <param name="header">The header.</param>
    /// <param name="seal">Its seal.</param>
    /// <param name="since">The view of its parent's certificate.</param>
    public void OnHeader(BlockHeader header, StakeSeal seal, View since)
    {
        bool isNear = seal.View.Value + Rounds.Behind > voting.View.Value && seal.View.Value <= voting.View.Value + ProposalsAhead;
        if (seal.View.Epoch != scope.Epoch.Epoch || !isNear)
        {
            return;
        }

        Round round = rounds.At(seal.View);
        int leader = scope.Epoch.LeaderOf(seal.View);
        OnLeaderSigned(round, new Vote(scope.Rules.ProposalOf(header, seal), leader, seal.Signature));
        if (round.Proposal is null)
        {
            round.Proposal = header.Id;
            round.ProposalSince = since.Epoch == seal.View.Epoch ? since : View.Of(seal.View.Epoch, 0);
            round.AskedForVerdict = false;
        }

        voting.Consider(round);
    }

    /// <summary>A leader proposes the block that ends the epoch again.</summary>
    public void OnRepeat(EngineMessage.Repeat repeat, ConnectionId from)
    {
        if (repeat.View.Epoch != voting.View.Epoch || repeat.View < voting.View || repeat.View.Value > voting.View.Value + Rounds.Ahead)
        {
            return;
        }

        Round round = rounds.At(repeat.View);
        if (round.Repeat is EngineMessage.Repeat known && known.Block == repeat.Block && known.Signature.Span.SequenceEqual(repeat.Signature.Span))
        {
            return;
        }

        int leader = scope.Epoch.LeaderOf(repeat.View);
        Statement statement = StakeSeal.Repeat(repeat.View, repeat.Block);
        byte[] message = statement.SigningHash(scope.Genesis).ToArray();
        if (!scope.Crypto.VerifyAll([new SignatureClaim(scope.Table.PublicKey(leader), message, repeat.Signature)], scope.Table))
        {
            scope.Emit(new ConsensusOutput.ReportPeer(from, "a proposal with a false signature"));
            return;
        }

        OnLeaderSigned(round, new Vote(statement, leader, repeat.Signature));
        Take(round, repeat);
    }

    /// <summary>This node leads, and proposes the block that ends the epoch again.</summary>
    public void OnOwnRepeat(EngineMessage.Repeat repeat)
    {
        TellCertificate(repeat);
        Take(rounds.At(repeat.View), repeat);
    }

    /// <summary>Tells again what was proposed again in a view.</summary>
    public void RepeatAgain(View view)
    {
        if (rounds.Find(view)?.Repeat is EngineMessage.Repeat repeat)
        {
            TellCertificate(repeat);
            scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(repeat)));
        }
    }

    /// <summary>Some may have left the view in which the block was notarized by a nullification, and a header would carry this.</summary>
    private void TellCertificate(EngineMessage.Repeat repeat)
    {
        if (ancestry.TryFindParent(repeat.View, out (BlockId Block, Certificate? Certificate) parent, out _)
            && parent.Block == repeat.Block
            && parent.Certificate is Certificate certificate)
        {
            ballots.Tell(certificate);
        }
    }

    /// <summary>Keeps it, as it may come before what shows that it is right, and passes it on.</summary>
    private void Take(Round round, EngineMessage.Repeat repeat)
    {
        if (round.Repeat is null)
        {
            round.Repeat = repeat;
            scope.Emit(new ConsensusOutput.Broadcast(EngineMessage.Encode(repeat)));
            voting.Consider(round);
        }
    }

    private void OnLeaderSigned(Round round, in Vote vote)
    {
        voting.Heard(vote.Signer, round.View);
        Vote first = round.RememberProposal(in vote);
        offences.OnConflict(in first, in vote);
    }
}
