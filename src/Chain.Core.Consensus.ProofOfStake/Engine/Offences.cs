using Chain.Core.Crypto;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Turns votes that exclude each other into evidence, once for each validator and view.</summary>
internal sealed class Offences(EngineScope scope)
{
    private const int Kept = 1024;

    private readonly HashSet<(int Place, View View)> _told = [];

    /// <summary>Tells of headers that the rules found to prove themselves invalid.</summary>
    public void TellOfHeaders()
    {
        while (scope.Rules.Offences.TryDequeue(out InvalidProposal? proposal))
        {
            scope.Emit(new ConsensusOutput.Evidence(proposal.Encode()));
            scope.Observe("evidence");
        }
    }

    /// <summary>Whether a validator was proved guilty in a view.</summary>
    public bool WasTold(int place, View view) => _told.Contains((place, view));

    public void OnConflict(in Vote one, in Vote other)
    {
        if (!one.Statement.Excludes(other.Statement) || !_told.Add((one.Signer, one.Statement.View)))
        {
            return;
        }

        if (_told.Count > Kept)
        {
            _told.Clear();
        }

        var key = new ValidatorKey(SignatureSchemeTag.Ed25519, scope.Table.PublicKey(one.Signer));
        var proof = DoubleVote.Create(
            key, new DoubleVote.Signed(one.Statement, one.Signature), new DoubleVote.Signed(other.Statement, other.Signature));
        scope.Emit(new ConsensusOutput.Evidence(proof.Encode()));
        scope.Observe("evidence");
    }
}
