using System.Security.Cryptography;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.App.Keys;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc;

namespace Chain.Core.App.Run;

/// <summary>The opened key that a validator votes and draws with.</summary>
internal sealed class ProducerKey : IDisposable
{
    private readonly KeyFile _file;
    private readonly Ed25519PrivateKey _voting;
    private readonly VrfPrivateKey _drawing;
    private bool _isVouchedFor;

    private ProducerKey(KeyFile file, ReadOnlySpan<byte> seed)
    {
        _file = file;
        _voting = new Ed25519PrivateKey(seed);
        _drawing = new VrfPrivateKey(seed);
    }

    public ValidatorKey Key => new(_voting.Scheme, _voting.PublicKey);

    /// <summary>Opens the key where the settings, the chain and the folder ask for one; null where the node only follows.</summary>
    /// <exception cref="UsageException">The key is asked for and not there, or does not open.</exception>
    public static ProducerKey? Open(NodeHome home, NodeSettings settings, ChainDefinition chain, Func<KeyFile, string> passphrase)
    {
        ProducerSection producer = settings.Producer;
        bool isThere = File.Exists(KeyFile.PathOf(home, producer.Key));
        if (chain.GenesisValidators is null || producer.Mode == ProducerMode.Off || (producer.Mode == ProducerMode.Auto && !isThere))
        {
            return null;
        }

        KeyFile file = KeyFile.Find(home, producer.Key);
        if (OwnerOnlyFile.IsOpenToOthers(file.Path))
        {
            throw new UsageException(FaultCode.FileMode, $"{file.Path} can be read by others than its owner", "mode 0600", $"chmod 600 {file.Path}");
        }

        byte[] seed = file.Open(passphrase(file));
        try
        {
            return new ProducerKey(file, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Takes the operator's word that the key has signed nowhere else.</summary>
    public void VouchFor(bool isNew) => _isVouchedFor = isNew;

    /// <summary>Gives the key to a node.</summary>
    public ChainNodeOptions AddTo(ChainNodeOptions options) => options with
    {
        Engine = options.Engine with { ProducesBlocks = true, Signer = Key },
        Signer = _voting,
        SignerIsNew = _isVouchedFor || _file.IsNew,
        SigningWitness = new SigningMarkFile(_file.WitnessFile, options.Chain.GenesisId, Chain.Core.Wire.AccountAddress.FromKey(_voting.Scheme, _voting.PublicKey.Span)),
        Randomness = new VrfProver(_drawing),
    };

    public void Dispose()
    {
        _voting.Dispose();
        _drawing.Dispose();
    }
}
