using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Simulation.Laboratory;

namespace My_Turns;

/// <summary>Brings the engine to the laboratory: <c>chain lab run --engines pow,pos,./My-Turns.dll</c>.</summary>
public sealed class My_TurnsEntry : ILaboratoryEngine
{
    public string Name => "my-turns";

    public string Description => "authorities take turns and sign their blocks";

    public IReadOnlyList<EngineOption> Options { get; } = [new("slot", "2s", "how long a turn is")];

    public EngineSetup Set(EngineRequest request)
    {
        Ed25519PrivateKey[] keys = [.. Enumerable.Range(0, request.Power.Count).Select(KeyOf)];
        ValidatorKey[] authorities = [.. keys.Select(static key => new ValidatorKey(key.Scheme, key.PublicKey))];
        var engine = new My_TurnsConsensus(authorities, request.Duration("slot", TimeSpan.FromSeconds(2)));
        return new EngineSetup
        {
            Consensus = _ => engine,
            Node = (node, options) => node >= keys.Length ? options : options with
            {
                Engine = options.Engine with { Signer = authorities[node] },
                Signer = keys[node],
                SignerIsNew = true,
            },
            FinalDepth = (keys.Length / 2) + 1,
            Notes = ["Every authority has the same turn, whatever its power."],
        };
    }

    // For simulations alone: anybody can make these keys.
    private static Ed25519PrivateKey KeyOf(int index)
    {
        var seed = new byte[Ed25519PrivateKey.SeedSize];
        BitConverter.TryWriteBytes(seed, index);
        return new Ed25519PrivateKey(seed);
    }
}
