using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>
/// Follows the final blocks of a chain of validators by their certificates alone: the server is asked for blocks, and each is
/// checked by a <see cref="LightClient"/> before it is trusted.
/// </summary>
/// <param name="client">The server; it can refuse to answer, but not lie.</param>
/// <param name="light">What is trusted so far, and the rules.</param>
/// <param name="rules">The rules that <paramref name="light"/> was made with.</param>
/// <param name="time">The clock; the system's where null.</param>
public sealed class LightChain(RpcClient client, LightClient light, IFinalityRules rules, TimeProvider? time = null)
{
    private const int MaxSteps = 4096;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The newest block that is known to be final.</summary>
    public BlockHeader Trusted => light.Trusted;

    /// <summary>Reads the state after <see cref="Trusted"/>, with proofs.</summary>
    public ProofReader Read() => new(client, Trusted);

    /// <summary>Goes as far as the server's newest final block, by way of the first blocks of the epochs between.</summary>
    /// <returns>The block that is trusted now.</returns>
    /// <exception cref="ProofException">A block of the server is not proved to be final.</exception>
    /// <exception cref="RpcException">The server refused, for example because it does not have a block's certificate.</exception>
    public async Task<BlockHeader> AdvanceAsync(CancellationToken cancellation = default)
    {
        LightBlock newest = await FetchAsync(BlockQuery.Finalized, cancellation).ConfigureAwait(false);
        for (int step = 0; step < MaxSteps && newest.Header.Height > Trusted.Height; step++)
        {
            ulong epoch = rules.EpochOf(Trusted.Height);
            bool isNear = rules.EpochOf(newest.Header.Height) == epoch;
            LightBlock next = isNear ? newest : await FetchAsync(BlockQuery.At(FirstOf(epoch + 1, newest.Header.Height)), cancellation).ConfigureAwait(false);
            Accept(next);
        }

        return Trusted;
    }

    private void Accept(LightBlock block)
    {
        var now = new UnixTime((ulong)_time.GetUtcNow().ToUnixTimeMilliseconds());
        LightVerdict verdict = light.Accept(block, now);
        if (verdict is not (LightVerdict.Trusted or LightVerdict.AlreadyTrusted))
        {
            throw new ProofException($"Block #{block.Header.Height} of the server is not proved to be final: {verdict}.");
        }
    }

    /// <summary>The first height of an epoch, which lies between the trusted block and a later one.</summary>
    private BlockHeight FirstOf(ulong epoch, BlockHeight within)
    {
        ulong low = Trusted.Height.Value + 1;
        ulong high = within.Value;
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            bool isBefore = rules.EpochOf(new BlockHeight(middle)) < epoch;
            low = isBefore ? middle + 1 : low;
            high = isBefore ? high : middle;
        }

        return new BlockHeight(low);
    }

    private async Task<LightBlock> FetchAsync(BlockQuery block, CancellationToken cancellation)
    {
        LightBlockView view = await client.GetLightBlockAsync(block, cancellation).ConfigureAwait(false);
        return WireValue.TryDecode(view.Header, out BlockHeader? header, out WireError error)
            ? new LightBlock(header, view.Certificate, new ValidatorSet([.. view.Validators.Select(Read)]))
            : throw new RpcProtocolException($"The server sent no header: {error}.");
    }

    private static Validator Read(ValidatorView validator) => new(new ValidatorKey(SchemeOf(validator.Scheme), validator.Key), validator.Stake);

    private static SignatureSchemeTag SchemeOf(string scheme) => scheme switch
    {
        "ed25519" => SignatureSchemeTag.Ed25519,
        "ecdsaSecp256k1" => SignatureSchemeTag.EcdsaSecp256k1,
        "schnorrSecp256k1" => SignatureSchemeTag.SchnorrSecp256k1,
        "mlDsa65" => SignatureSchemeTag.MLDsa65,
        _ => throw new RpcProtocolException($"No signature scheme is called '{scheme}'."),
    };
}
