namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>A fault planted into the sources, and the hunt that must find it.</summary>
/// <param name="Row">The row of the list of attacks and faults whose test it is for.</param>
/// <param name="Hunt">A method of <see cref="Hunts"/>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Patches">What is changed.</param>
internal sealed record Mutant(int Row, string Hunt, object?[] Arguments, params Patch[] Patches)
{
    private const string Engine = "Chain.Core.Consensus.ProofOfStake/Engine/SimplexEngine.cs";
    private const string Ballots = "Chain.Core.Consensus.ProofOfStake/Engine/Ballots.cs";
    private const string Ancestry = "Chain.Core.Consensus.ProofOfStake/Engine/Ancestry.cs";
    private const string EpochChange = "Chain.Core.Consensus.ProofOfStake/Engine/EpochChange.cs";
    private const string CatchUp = "Chain.Core.Consensus.ProofOfStake/Engine/CatchUp.cs";
    private const string Offences = "Chain.Core.Consensus.ProofOfStake/Engine/Offences.cs";
    private const string Table = "Chain.Core.Consensus.ProofOfStake/Validators/StakeTable.cs";
    private const string Certificate = "Chain.Core.Consensus.ProofOfStake/Votes/Certificate.cs";
    private const string Light = "Chain.Core.Consensus/LightClient/LightClient.cs";

    private const string Guard = "Chain.Core.Protocol/Signing/SigningGuard.cs";
    private const string FullNode = "Chain.Core.Protocol/FullNode.cs";

    private const int Many = 20_000;

    public static IReadOnlyDictionary<string, Mutant> All { get; } = new Dictionary<string, Mutant>
    {
        ["half is a quorum"] = Twins(4, 1, new Patch(Table, "3 * stake > 2 * Total", "2 * stake >= Total")),
        ["a quorum may lack one vote"] = Twins(4, 1, new Patch(Table, "3 * stake > 2 * Total", "3 * (stake + 1) > 2 * Total")),
        ["votes count twice"] = Scenarios(
            new Patch(Ballots, "if (round.HasVoted(vote.Statement.Kind, vote.Signer))", "if (false)"),
            new Patch(Ballots, "&& !round.HasVoted(statement.Kind, vote.Signer);", "&& true;")),
        ["a certificate needs no quorum"] = Scenarios(new Patch(Certificate, "return table.IsQuorum(stake);", "return true;")),
        ["ignores the stake"] = Scenarios(
            new Patch(Table, "public ulong Stake(int place) => Set.Validators[place].Stake;", "public ulong Stake(int place) => 1;"),
            new Patch(Table, "3 * stake > 2 * Total", "3 * stake > 2 * (UInt128)Count")),
        ["forgets its votes, and so does its signer"] = Scenarios(
            new Patch(Engine, "OnStarted(started.Records);", "OnStarted([]);"),
            new Patch("Chain.Core.Consensus.ProofOfStake/Votes/Statement.cs", "VoteKind.Notarize => 2,", "VoteKind.Notarize => 2, VoteKind.Nullify => 4,")),
        ["nullify and finalize have marks of their own, and records are lost"] = ScenariosFrom(540,
            new Patch(EpochChange, "                voting.Restore(in statement);\n", ""),
            new Patch("Chain.Core.Consensus.ProofOfStake/Votes/Statement.cs", "VoteKind.Notarize => 2,", "VoteKind.Notarize => 2, VoteKind.Nullify => 4,")),
        ["compares blocks only"] = new(35, nameof(Hunts.Accountability), [0L, Many],
            new Patch("Chain.Core.Consensus.ProofOfStake/StakeFinality.cs", "if (!proofs.ContainsKey(vote.Signer)\n", "if (!proofs.ContainsKey(vote.Signer) && vote.Statement.Kind == other.Statement.Kind\n")),
        ["tells of no offence"] = Facts(37, "AdversaryTests",
            new Patch(Offences, "if (!one.Statement.Excludes(other.Statement)", "if (one.Statement.Excludes(other.Statement)")),
        ["repeats nothing"] = Liveness(
            new Patch(Engine, "        _catchUp.Announce(View);\n        RepeatVotes(new View(View.Value - 1));\n        RepeatVotes(View);\n", "")),
        ["answers nobody who is behind"] = Liveness(new Patch(CatchUp, "if (!lacks || !IsDue(_answered, from))", "if (true)")),
        ["neither signer nor engine remembers"] = Kills(
            new Patch(Guard, "        Raise(recovered);\n", ""),
            new Patch(Engine, "OnStarted(started.Records);", "OnStarted([]);")),
        ["marks and votes leave before they are durable"] = Kills(
            new Patch(
                Guard,
                "        ChainRecords.WriteSigningMark(batch, in mark);\n        effects.Write(batch, Durability.Durable);\n        effects.HoldUntilDurable();\n",
                "        ChainRecords.WriteSigningMark(batch, in mark);\n        effects.Write(batch, Durability.Buffered);\n"),
            new Patch(
                FullNode,
                "        effects.Write(batch, Durability.Durable);\n        effects.HoldUntilDurable();\n        ToEngine(new ConsensusInput.RecordDurable",
                "        effects.Write(batch, Durability.Buffered);\n        ToEngine(new ConsensusInput.RecordDurable")),
        ["a proof needs no signature"] = Facts(37, "StakeOffencesTests",
            new Patch("Chain.Core.Consensus.ProofOfStake/Evidence/StakeOffences.cs", "? votes.Verify(genesis)", "? true")),
        ["an offence has two proofs"] = Facts(37, "StakeOffencesTests",
            new Patch("Chain.Core.Consensus.ProofOfStake/Evidence/DoubleVote.cs", "return IsBefore(one.Statement, other.Statement)", "return true")),
        ["a good header is an offence"] = Facts(37, "StakeOffencesTests",
            new Patch("Chain.Core.Consensus.ProofOfStake/Evidence/InvalidProposal.cs", "|| HeaderForm.Check(Header, seal, schedule, new SetReader(), genesis) is null)", ")")),
        ["trusts an old checkpoint"] = Facts(39, "LightClientTests", new Patch(Light, "if (now > known.Header.Time.Plus(_options.TrustPeriod))", "if (false)")),
        ["believes headers of the future"] = Facts(40, "LightClientTests", new Patch(Light, "if (header.Time > now.Plus(_options.FutureLimit))", "if (false)")),
        ["believes a lunatic"] = Facts(40, "LightClientTests",
            new Patch(Light, "if (!_rules.VerifyCertificate(block.Header, block.Certificate, known.Validators))", "if (false)")),
        ["takes any validators"] = Facts(40, "LightClientTests", new Patch(Light, "if (_rules.HashOf(validators) != current)", "if (false)")),
        ["jumps without stake that it trusts"] = Facts(40, "LightClientTests",
            new Patch(Light, "if (!isNext && 3 * _rules.SignedStake", "if (false && 3 * _rules.SignedStake")),
        ["finds no fork"] = Facts(40, "LightClientTests", new Patch(Light, "|| witness.Header.Id == own.Header.Id\n", "|| witness.Header.Id != own.Header.Id\n")),
        ["a leader has a point of the next one"] = Facts(42, "LeaderDrawTests", new Patch(Table, "_upTo[middle] <= point ?", "_upTo[middle] < point ?")),
        ["leaders are drawn without stake"] = Facts(42, "LeaderDrawTests",
            new Patch("Chain.Core.Consensus.ProofOfStake/Validators/LeaderDraw.cs", "return table.AtPoint(BinaryPrimitives.ReadUInt128BigEndian(Hash256.AsSpan(in drawn)) % table.Total);", "return (int)(BinaryPrimitives.ReadUInt128BigEndian(Hash256.AsSpan(in drawn)) % (UInt128)table.Count);")),
    };

    public string? Run() => new MutantContext(Patches).Hunt(Hunt, Arguments);

    private static Mutant Twins(int validators, int twins, params Patch[] patches) =>
        new(34, nameof(Hunts.Twins), [validators, twins, 4, validators == 4 ? 3 : 2, true, 0L, Many], patches);

    private static Mutant Liveness(params Patch[] patches) => new(36, nameof(Hunts.Liveness), [1L, Many], patches);

    private static Mutant Kills(params Patch[] patches) => new(38, nameof(Hunts.Kills), [1L, Many], patches);

    private static Mutant Facts(int row, string testClass, params Patch[] patches) => new(row, nameof(Hunts.Facts), [testClass], patches);

    private static Mutant Scenarios(params Patch[] patches) => ScenariosFrom(1, patches);

    /// <summary>From a seed on, for what one seed in hundreds shows: as many are tried.</summary>
    private static Mutant ScenariosFrom(long seed, params Patch[] patches) => new(34, nameof(Hunts.Scenarios), [seed, Many], patches);
}
