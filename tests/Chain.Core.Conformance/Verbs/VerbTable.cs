using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Every verb by its name.</summary>
internal sealed class VerbTable
{
    private readonly Dictionary<string, Func<Request, Answer>> _verbs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ManyVerb> _many = new(StringComparer.Ordinal);

    public VerbTable(CryptoPath path)
    {
        HashVerbs.AddTo(_verbs, path);
        KeyVerbs.AddTo(_verbs);
        SealingVerbs.AddTo(_verbs);
        SigningVerbs.AddTo(_verbs);
        CurveVerbs.AddTo(_verbs);
        MerkleVerbs.AddTo(_verbs, path);
        WireVerbs.AddTo(_verbs);
        BitcoinVerbs.AddTo(_verbs);
        SignatureVerb.AddTo(_many, path);
        _many["mldsa65.verify"] = new ContextVerb();
        _many["vrf.verify"] = new RandomnessVerb(path);
    }

    public IEnumerable<string> Names => _verbs.Keys.Concat(_many.Keys);

    public Func<Request, Answer>? Find(string name) => _verbs.GetValueOrDefault(name);

    public ManyVerb? FindMany(string name) => _many.GetValueOrDefault(name);
}
