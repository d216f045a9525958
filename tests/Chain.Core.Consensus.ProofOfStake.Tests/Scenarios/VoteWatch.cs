using Chain.Core.Simulation;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>What was ever heard of a network's signatures by others than the signer: no adversary, only curious.</summary>
internal sealed class VoteWatch
{
    private readonly Dictionary<(int Signer, byte Purpose, View View), Statement> _heard = [];

    /// <summary>A validator that signed twice at one mark, in words; null while none did.</summary>
    public string? DoubleSignature { get; private set; }

    public int Count => _heard.Count;

    /// <summary>The ears of one node.</summary>
    public Adversary EarsOf(int validator, Func<View, int> leaderOf) => new Ears(this, validator, leaderOf);

    private void Hear(int signer, in Statement statement)
    {
        if (!_heard.TryAdd((signer, statement.Purpose, statement.View), statement)
            && _heard[(signer, statement.Purpose, statement.View)] != statement)
        {
            DoubleSignature ??= $"validator {signer} signed {_heard[(signer, statement.Purpose, statement.View)]} and {statement}";
        }
    }

    private sealed class Ears(VoteWatch watch, int validator, Func<View, int> leaderOf) : Adversary
    {
        public override ConsensusInput? Hear(ConsensusInput input, AdversaryStep step)
        {
            switch (input)
            {
                case ConsensusInput.MessageArrived arrived when EngineMessage.TryReadVote(arrived.Payload, out Vote vote):
                    watch.Hear(vote.Signer, vote.Statement);
                    break;
                case ConsensusInput.HeaderArrived arrived when StakeSeal.TryDecode(arrived.Header.Seal, out StakeSeal? seal):
                    int leader = leaderOf(seal.View);
                    if (leader != validator)
                    {
                        watch.Hear(leader, seal.Proposal(arrived.Header.Fields));
                    }

                    break;
            }

            return input;
        }
    }
}
