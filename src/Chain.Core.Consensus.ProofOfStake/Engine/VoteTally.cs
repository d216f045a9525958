namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>Verified votes for one statement. Used again for another statement once its view is forgotten.</summary>
internal sealed class VoteTally
{
    private readonly List<(int Place, ReadOnlyMemory<byte> Signature)> _votes = [];
    private PlaceSet _places;

    public Statement Statement { get; private set; }

    /// <summary>The stake of those that voted.</summary>
    public UInt128 Stake { get; private set; }

    public void Begin(in Statement statement)
    {
        Statement = statement;
        Stake = 0;
        _votes.Clear();
        _places = default;
    }

    public bool Has(int place) => _places.Contains(place);

    public void Add(int place, ReadOnlyMemory<byte> signature, ulong stake)
    {
        _places.Add(place);
        _votes.Add((place, signature));
        Stake += stake;
    }

    /// <summary>The signature of a validator that voted.</summary>
    public ReadOnlyMemory<byte> SignatureOf(int place)
    {
        foreach ((int voter, ReadOnlyMemory<byte> signature) in _votes)
        {
            if (voter == place)
            {
                return signature;
            }
        }

        return default;
    }

    public Certificate ToCertificate(int validators)
    {
        var byPlace = new ReadOnlyMemory<byte>[validators];
        foreach ((int place, ReadOnlyMemory<byte> signature) in _votes)
        {
            byPlace[place] = signature;
        }

        return Certificate.Create(Statement, byPlace);
    }
}
