using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Protocol;

/// <summary>Which key a store was signed from with. Without it a store is not known to hold all marks of the key.</summary>
/// <param name="Key">The account of the key, which stands for scheme and bytes.</param>
/// <param name="HasWitness">Whether a witness holds the marks as well.</param>
public readonly record struct SignerRecord(AccountAddress Key, bool HasWitness)
{
    /// <summary>The record of a signer.</summary>
    public static SignerRecord Of(ISigner signer, bool hasWitness)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new SignerRecord(AccountAddress.FromKey(signer.Scheme, signer.PublicKey.Span), hasWitness);
    }
}
