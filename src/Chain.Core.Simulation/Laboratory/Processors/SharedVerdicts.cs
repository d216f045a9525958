using System.Buffers.Binary;
using Chain.Core.Crypto;

namespace Chain.Core.Simulation.Laboratory;

/// <summary>
/// Verifies each signature once for all nodes of a run: the verdicts are the true ones, and what they take is charged to
/// every node by its processor model. Safe for any thread.
/// </summary>
internal sealed class SharedVerdicts(ISignatureScheme scheme) : ISignatureScheme
{
    private const int MaxKept = 1 << 20;

    private readonly Dictionary<SignatureClaim, bool> _known = new(ClaimComparer.Instance);

    public SignatureSchemeTag Tag => scheme.Tag;

    public int PublicKeySize => scheme.PublicKeySize;

    public int SignatureSize => scheme.SignatureSize;

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var verdicts = new bool[1];
        VerifyMany([new SignatureClaim(publicKey.ToArray(), message.ToArray(), signature.ToArray())], verdicts);
        return verdicts[0];
    }

    public void VerifyMany(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        lock (_known)
        {
            VerifyInTurn(claims, verdicts);
        }
    }

    private void VerifyInTurn(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts)
    {
        var unknown = new List<int>();
        for (int i = 0; i < claims.Length; i++)
        {
            if (!_known.TryGetValue(claims[i], out verdicts[i]))
            {
                unknown.Add(i);
            }
        }

        if (unknown.Count > 0)
        {
            VerifyUnknown(claims, verdicts, unknown);
        }
    }

    private void VerifyUnknown(ReadOnlySpan<SignatureClaim> claims, Span<bool> verdicts, List<int> places)
    {
        if (_known.Count > MaxKept)
        {
            _known.Clear();
        }

        var asked = new SignatureClaim[places.Count];
        for (int i = 0; i < asked.Length; i++)
        {
            SignatureClaim claim = claims[places[i]];
            asked[i] = new SignatureClaim(claim.PublicKey.ToArray(), claim.Message.ToArray(), claim.Signature.ToArray());
        }

        var found = new bool[asked.Length];
        scheme.VerifyMany(asked, found);
        for (int i = 0; i < asked.Length; i++)
        {
            verdicts[places[i]] = found[i];
            _known[asked[i]] = found[i];
        }
    }

    /// <summary>Equal in all bytes.</summary>
    private sealed class ClaimComparer : IEqualityComparer<SignatureClaim>
    {
        public static ClaimComparer Instance { get; } = new();

        public bool Equals(SignatureClaim x, SignatureClaim y) =>
            x.Signature.Span.SequenceEqual(y.Signature.Span)
            && x.PublicKey.Span.SequenceEqual(y.PublicKey.Span)
            && x.Message.Span.SequenceEqual(y.Message.Span);

        public int GetHashCode(SignatureClaim claim) =>
            claim.Signature.Length < sizeof(int) ? 0 : BinaryPrimitives.ReadInt32LittleEndian(claim.Signature.Span);
    }
}
