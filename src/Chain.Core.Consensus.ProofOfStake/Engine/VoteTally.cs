namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Verified votes for one statement.</summary>
internal sealed class VoteTally
{
    private readonly ReadOnlyMemory<byte>[] _signatures;

    public VoteTally(in Statement statement, int validators)
    {
        Statement = statement;
        _signatures = new ReadOnlyMemory<byte>[validators];
    }

    public Statement Statement { get; }

    public UInt128 Stake { get; private set; }

    public bool Has(int place) => !_signatures[place].IsEmpty;

    public void Add(in Vote vote, UInt128 stake)
    {
        _signatures[vote.Signer] = vote.Signature;
        Stake += stake;
    }

    public Certificate ToCertificate() => Certificate.Create(Statement, _signatures);
}
