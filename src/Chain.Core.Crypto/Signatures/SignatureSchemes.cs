namespace Chain.Core.Crypto;

/// <summary>The signature schemes that a chain accepts, looked up by tag. Immutable.</summary>
public sealed class SignatureSchemes
{
    private readonly ISignatureScheme?[] _byTag = new ISignatureScheme?[byte.MaxValue + 1];

    /// <summary>Accepts exactly <paramref name="schemes"/>.</summary>
    /// <exception cref="ArgumentException">Two schemes have the same tag.</exception>
    public SignatureSchemes(params ReadOnlySpan<ISignatureScheme> schemes)
    {
        foreach (ISignatureScheme scheme in schemes)
        {
            ref ISignatureScheme? slot = ref _byTag[(byte)scheme.Tag];
            if (slot is not null)
            {
                throw new ArgumentException($"Two schemes have the tag {scheme.Tag}.", nameof(schemes));
            }

            slot = scheme;
        }
    }

    /// <summary>Ed25519 only.</summary>
    public static SignatureSchemes Default { get; } = new(Ed25519.Scheme);

    /// <summary>The scheme with this tag, or null where the chain does not accept it.</summary>
    public ISignatureScheme? Find(SignatureSchemeTag tag) => _byTag[(byte)tag];
}
