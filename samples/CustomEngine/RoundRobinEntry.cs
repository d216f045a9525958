using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Simulation.Laboratory;

namespace CustomEngine;

/// <summary>Brings the engine to the laboratory: <c>chain lab run --engines pow,pos,CustomEngine.dll</c>.</summary>
public sealed class RoundRobinEntry : ILaboratoryEngine
{
    public string Name => "round-robin";

    public string Description => "authorities seal by turns; final under the blocks of more than half of them";

    public IReadOnlyList<EngineOption> Options { get; } = [new("slot", "2s", "how long each authority's turn is")];

    public EngineSetup Set(EngineRequest request)
    {
        Ed25519PrivateKey[] keys = [.. Enumerable.Range(0, request.Power.Count).Select(KeyOf)];
        var plugin = new RoundRobinConsensus([.. keys.Select(ValidatorKeyOf)], request.Duration("slot", TimeSpan.FromSeconds(2)));
        return new EngineSetup
        {
            Consensus = _ => plugin,
            Node = (node, options) => node >= keys.Length ? options : options with
            {
                Engine = options.Engine with { Signer = ValidatorKeyOf(keys[node]) },
                Signer = keys[node],
                SignerIsNew = true,
            },
            FinalDepth = (keys.Length / 2) + 1,
            Notes = ["Shares of power mean nothing to it: every authority has the same turn."],
        };
    }

    private static ValidatorKey ValidatorKeyOf(Ed25519PrivateKey key) => new(key.Scheme, key.PublicKey);

    private static Ed25519PrivateKey KeyOf(int index)
    {
        Hash256 seed = Sha256.Hash([(byte)'r', (byte)index, (byte)(index >> 8)]);
        return new Ed25519PrivateKey(Hash256.AsSpan(in seed));
    }
}
