using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfStake;
using Chain.Core.Simulation.Laboratory;
using Chain.Core.Wire;

namespace Chain.Core.Cli.Lab.Engines;

/// <summary>The plug-in of proof of stake as it is, with keys that everybody knows.</summary>
internal sealed class ProofOfStakeEngineEntry : ILaboratoryEngine
{
    private const double VoteMicroseconds = 4.5;
    private const double RandomnessMicroseconds = 57;

    public string Name => "pos";

    public string Description => "proof of stake: Byzantine agreement by stake (Simplex), final after three message delays";

    public IReadOnlyList<EngineOption> Options { get; } =
    [
        new("timeout", "2s", "the shortest time before a view is given up"),
        new("pause", "0s", "how long a leader rests before it proposes"),
        new("epoch", "3600", "blocks of an epoch"),
        new("relay", "yes, but no where all are connected", "whether nodes pass on the votes of others: yes or no"),
    ];

    public EngineSetup Set(EngineRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ValidatorIdentity[] validators = [.. Enumerable.Range(0, request.Power.Count).Select(static index => new ValidatorIdentity(index))];
        bool relays = request.Text("relay", request.IsMesh ? "no" : "yes") switch
        {
            "yes" => true,
            "no" => false,
            string other => throw new FormatException($"option relay: expected yes or no, found '{other}'"),
        };
        var plugin = new ProofOfStakeConsensus(new ProofOfStakeOptions
        {
            Validators = ValidatorSet.Of(validators.Select((each, index) => new Validator(each.Key, request.Power[index]))),
            ViewTimeout = request.Duration("timeout", TimeSpan.FromSeconds(2)),
            BlockPause = request.Duration("pause", TimeSpan.Zero),
            EpochBlocks = (ulong)request.Number("epoch", 3600),
            RelaysVotes = relays,
        });
        int quorum = (validators.Length * 2 / 3) + 1;
        return new EngineSetup
        {
            Consensus = _ => plugin,
            Node = (node, options) => node < validators.Length ? validators[node].Give(options) : options,
            ControlShare = 1.0 / 3,
            HeaderCheck = TimeSpan.FromMicroseconds(RandomnessMicroseconds + (VoteMicroseconds * quorum)),
            ViewOf = ReadView,
            Notes =
            [
                relays ? "Nodes pass on the votes of others." : "Nodes do not pass on the votes of others, as all are connected.",
                "Votes, certificates and proofs of randomness are real, and verified by every node.",
                FormattableString.Invariant($"Checking a header is charged {RandomnessMicroseconds} µs for the proof of randomness and {VoteMicroseconds} µs for each of {quorum} votes; signing is not charged."),
            ],
        };
    }

    /// <summary>The view is the first element of a seal.</summary>
    private static ulong ReadView(BlockHeader header)
    {
        var reader = new WireReader(header.Seal);
        return reader.TryReadArrayHeader(6) && reader.TryReadUInt64(out ulong view) ? view : 0;
    }
}
