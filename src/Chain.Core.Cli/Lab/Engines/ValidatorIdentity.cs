using System.Globalization;
using System.Text;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Protocol;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>The keys of a simulated validator, which everybody can compute.</summary>
internal sealed class ValidatorIdentity : IDisposable
{
    private readonly Ed25519PrivateKey _signing;
    private readonly VrfPrivateKey _randomness;

    public ValidatorIdentity(int index)
    {
        Hash256 seed = Sha256.Hash(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"laboratory validator {index}")));
        _signing = new Ed25519PrivateKey(Hash256.AsSpan(in seed));
        _randomness = new VrfPrivateKey(Hash256.AsSpan(in seed));
        Key = new ValidatorKey(_signing.Scheme, _signing.PublicKey);
    }

    public ValidatorKey Key { get; }

    public void Dispose()
    {
        _signing.Dispose();
        _randomness.Dispose();
    }

    public FullNodeOptions Give(FullNodeOptions options) => options with
    {
        Engine = options.Engine with { Signer = Key },
        Signer = _signing,
        SignerIsNew = true,
        Randomness = new VrfProver(_randomness),
    };
}
