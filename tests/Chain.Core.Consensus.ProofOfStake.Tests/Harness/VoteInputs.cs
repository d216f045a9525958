using Chain.Core.Crypto;
using Chain.Core.Machines;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>Votes as they come from peers, without signatures that hold, for an engine whose checks are answered by the test.</summary>
internal static class VoteInputs
{
    /// <summary>What all validators but the first say in a view: each notarizes, then each finalizes.</summary>
    public static IEnumerable<ConsensusInput> Of(int view, int validators)
    {
        Hash256 block = Sha256.Hash(BitConverter.GetBytes(view));
        foreach (VoteKind kind in (VoteKind[])[VoteKind.Notarize, VoteKind.Finalize])
        {
            for (int signer = 1; signer < validators; signer++)
            {
                var vote = new Vote(new Statement(kind, View.Of(0, (ulong)view), block), signer, new byte[Ed25519.SignatureSize]);
                ReadOnlyMemory<byte> payload = EngineMessage.Encode(new EngineMessage.OfVote(vote));
                yield return new ConsensusInput.MessageArrived(new ConnectionId((ulong)signer), default, payload);
            }
        }
    }
}
