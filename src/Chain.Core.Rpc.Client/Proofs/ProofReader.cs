using Chain.Core.Ledger;
using Chain.Core.Wire;

namespace Chain.Core.Rpc.Client;

/// <summary>
/// Reads the state without believing the server: each answer must be proved against the state root of a header that the caller
/// trusts, be it from a <see cref="LightChain"/>, a checkpoint, or headers that were checked some other way.
/// </summary>
/// <param name="client">The server; it can refuse to answer, but not lie.</param>
/// <param name="trusted">The block whose state is read.</param>
public sealed class ProofReader(RpcClient client, BlockHeader trusted)
{
    /// <summary>The block whose state is read.</summary>
    public BlockHeader Trusted { get; } = trusted ?? throw new ArgumentNullException(nameof(trusted));

    /// <summary>The value of a key of a module; null where it is proved not to be set.</summary>
    /// <exception cref="ProofException">The server's answer is not proved.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<ReadOnlyMemory<byte>?> GetBytesAsync(string module, ReadOnlyMemory<byte> key, CancellationToken cancellation = default)
    {
        StateProofView answer = await client
            .GetStateWithProofAsync(module, key, BlockQuery.At(Trusted.Id), cancellation).ConfigureAwait(false);
        if (!StateProof.TryDecode(answer.Proof, out StateProof? proof)
            || !proof.TryVerify(Trusted.Fields.StateRoot, module, key.Span, out ReadOnlyMemory<byte>? value))
        {
            throw new ProofException($"The server has not proved its answer about {module} after block #{Trusted.Height}.");
        }

        // What the server says beside the proof counts for nothing.
        return value;
    }

    /// <summary>The value under a key of a module's map, and whether there is one.</summary>
    /// <exception cref="ProofException">The server's answer is not proved, or the proved value does not decode.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<(bool IsSet, TValue? Value)> GetAsync<TKey, TValue>(
        StateMap<TKey, TValue> map, TKey key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        StateProofView answer = await client
            .GetStateWithProofAsync(map.Module, map.KeyOf(key), BlockQuery.At(Trusted.Id), cancellation).ConfigureAwait(false);
        return StateProof.TryDecode(answer.Proof, out StateProof? proof)
            && map.TryVerify(proof, Trusted.Fields.StateRoot, key, out bool isSet, out TValue? value)
            ? (isSet, value)
            : throw new ProofException($"The server has not proved its answer about {map.Module}.{map.Name} after block #{Trusted.Height}.");
    }
}
