using Chain.Core.App.Errors;
using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Crypto;
using Chain.Core.Protocol;
using Chain.Core.Rpc.Client;
using Chain.Core.Wire;

namespace Chain.Core.App.Checkpoints;

/// <summary>Asks a node for final blocks, and believes none whose certificate does not verify.</summary>
internal sealed class CheckpointSource(RpcClient client, ChainDefinition chain)
{
    private readonly ProofOfStakeConsensus _consensus = chain.Consensus as ProofOfStakeConsensus
        ?? throw new UsageException(FaultCode.Checkpoint, $"blocks of {chain.Name} ({chain.Consensus.Name}) are never final by votes", "a chain with proof of stake");

    /// <summary>The final block at this place, with a certificate of its own.</summary>
    /// <exception cref="UsageException">The node's block is not proved to be final.</exception>
    public async Task<CheckpointFile> FetchAsync(BlockQuery block, CancellationToken cancelled)
    {
        LightBlockView view = await client.GetLightBlockAsync(block, cancelled).ConfigureAwait(false);
        var validators = new ValidatorSet([.. view.Validators.Select(static each => new Validator(KeyOf(each), each.Stake))]);
        StakeFinality rules = _consensus.CreateFinality(chain.Genesis.Header);
        if (!WireValue.TryDecode(view.Header, out BlockHeader? header, out _) || !rules.VerifyCertificate(header, view.Certificate, validators))
        {
            throw new UsageException(FaultCode.Checkpoint, "the node's block is not proved to be final by the validators that it names") { ExitCode = 1 };
        }

        return new CheckpointFile($"0x{chain.GenesisId.Value}", header.Height.Value, $"0x{header.Id.Value}", $"0x{rules.HashOf(validators)}");
    }

    private static ValidatorKey KeyOf(ValidatorView validator) => validator.Scheme == "ed25519"
        ? new ValidatorKey(SignatureSchemeTag.Ed25519, validator.Key)
        : throw new UsageException(FaultCode.Checkpoint, $"the node names a validator with a key of {validator.Scheme}", "ed25519") { ExitCode = 1 };
}
