using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Chain.Core.Crypto;

/// <summary>ML-DSA by BouncyCastle, for any parameter set; lengths are the caller's affair.</summary>
internal static class PortableMLDsa
{
    public static bool Verify(
        MLDsaParameters parameters,
        ReadOnlySpan<byte> publicKey,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> signature)
    {
        var key = MLDsaPublicKeyParameters.FromEncoding(parameters, publicKey.ToArray());
        var verifier = new MLDsaSigner(parameters, deterministic: true);
        verifier.Init(false, new ParametersWithContext(key, context.ToArray()));
        verifier.BlockUpdate(message);
        return verifier.VerifySignature(signature.ToArray());
    }

    /// <summary>The deterministic variant of FIPS 204: the same bytes for the same message, on every platform.</summary>
    public static byte[] Sign(MLDsaPrivateKeyParameters key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context)
    {
        var signer = new MLDsaSigner(key.Parameters, deterministic: true);
        signer.Init(true, new ParametersWithContext(key, context.ToArray()));
        signer.BlockUpdate(message);
        return signer.GenerateSignature();
    }
}
