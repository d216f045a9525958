using Chain.Core.Crypto;

namespace Chain.Core.Conformance;

/// <summary>Every verb by its name.</summary>
internal sealed class VerbTable
{
    private readonly Dictionary<string, Func<Request, Answer>> _verbs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SignatureVerb> _signatures = new(StringComparer.Ordinal);

    public VerbTable(CryptoPath path)
    {
        HashVerbs.AddTo(_verbs, path);
        KeyVerbs.AddTo(_verbs);
        SealingVerbs.AddTo(_verbs);
        SigningVerbs.AddTo(_verbs);
        MerkleVerbs.AddTo(_verbs, path);
        WireVerbs.AddTo(_verbs);
        SignatureVerb.AddTo(_signatures, path);
    }

    public IEnumerable<string> Names => _verbs.Keys.Concat(_signatures.Keys);

    public Func<Request, Answer>? Find(string name) => _verbs.GetValueOrDefault(name);

    public SignatureVerb? FindSignature(string name) => _signatures.GetValueOrDefault(name);
}
