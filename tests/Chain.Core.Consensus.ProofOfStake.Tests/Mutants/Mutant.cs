namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>A fault planted into the sources, and the hunt that must find it.</summary>
/// <param name="Row">The row of the list of attacks and faults whose test it is for.</param>
/// <param name="Hunt">A method of <see cref="Hunts"/>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Patches">What is changed.</param>
internal sealed record Mutant(int Row, string Hunt, object?[] Arguments, params Patch[] Patches)
{
    private const string Engine = "Chain.Core.Consensus.ProofOfStake/Engine/SimplexEngine.cs";
    private const string Intake = "Chain.Core.Consensus.ProofOfStake/Engine/VoteIntake.cs";
    private const string Ancestry = "Chain.Core.Consensus.ProofOfStake/Engine/Ancestry.cs";
    private const string Offences = "Chain.Core.Consensus.ProofOfStake/Engine/Offences.cs";
    private const string Timer = "Chain.Core.Consensus.ProofOfStake/Engine/ViewTimer.cs";
    private const string Table = "Chain.Core.Consensus.ProofOfStake/Validators/StakeTable.cs";
    private const string Certificate = "Chain.Core.Consensus.ProofOfStake/Votes/Certificate.cs";
    private const string Rules = "Chain.Core.Consensus.ProofOfStake/ProofOfStakeRules.cs";
    private const string Light = "Chain.Core.Consensus/LightClient/LightClient.cs";
    private const string Guard = "Chain.Core.Protocol/Signing/SigningGuard.cs";

    private const int Many = 20_000;

    public static IReadOnlyDictionary<string, Mutant> All { get; } = new Dictionary<string, Mutant>
    {
        ["half is a quorum"] = Twins(4, 1, new Patch(Table, "3 * stake > 2 * Total", "2 * stake >= Total")),
        ["a quorum may lack one vote"] = Twins(4, 1, new Patch(Table, "3 * stake > 2 * Total", "3 * (stake + 1) > 2 * Total")),
        ["a quorum may lack one vote, 7"] = Twins(7, 2, new Patch(Table, "3 * stake > 2 * Total", "3 * (stake + 1) > 2 * Total")),
        ["votes count twice"] = Scenarios(
            new Patch(Engine, "if (round.HasVoted(vote.Statement.Kind, vote.Signer))", "if (false)"),
            new Patch(Engine, "&& !round.HasVoted(statement.Kind, vote.Signer);", "&& true;")),
        ["finalizes what it nullified"] = UnguardedTwins(4, 1,
            new Patch(Engine, "if (_scope.Me >= 0 && round.MyConclusion is null)\n        {\n            Conclude(round, new Statement(VoteKind.Finalize", "if (_scope.Me >= 0)\n        {\n            Conclude(round, new Statement(VoteKind.Finalize")),
        ["notarizes every proposal"] = UnguardedTwins(4, 1,
            new Patch(Engine, "            || round.MyNotarize is not null\n", ""),
            new Patch(Engine, "if (round.Proposal is null)\n", "if (true)\n")),
        ["asks for no nullifications"] = Scenarios(
            new Patch(Engine, "|| !_ancestry.IsNullifiedBetween(round.ProposalSince, _view))", ")")),
        ["proposes over gaps and asks for none"] = Twins(4, 1,
            new Patch(Engine, "|| !_ancestry.IsNullifiedBetween(round.ProposalSince, _view))", ")"),
            new Patch(Ancestry, "if (round?.Nullification is null)\n            {\n                parent = default;", "if (false)\n            {\n                parent = default;")),
        ["believes votes"] = Scenarios(new Patch(Intake, "if (!verdicts[i])", "if (false)")),
        ["believes certificates"] = Scenarios(new Patch(Intake, "if (!holds)", "if (false)")),
        ["a certificate needs no quorum"] = Scenarios(new Patch(Certificate, "return table.IsQuorum(stake);", "return true;")),
        ["ignores the stake"] = Scenarios(
            new Patch(Table, "public ulong Stake(int place) => Set.Validators[place].Stake;", "public ulong Stake(int place) => 1;"),
            new Patch(Table, "3 * stake > 2 * Total", "3 * stake > 2 * (UInt128)Count")),
        ["believes the parent's certificate"] = Scenarios(
            new Patch(Rules, "&& certificate.Verify(context.Table, Epochs.Genesis, _crypto, Known);", ";")),
        ["forgets its votes, and so does its signer"] = Scenarios(
            new Patch(Engine, "OnStarted(started.Records);", "OnStarted([]);"),
            new Patch("Chain.Core.Consensus.ProofOfStake/Votes/Statement.cs", "VoteKind.Notarize => 2,", "VoteKind.Notarize => 2, VoteKind.Nullify => 4,")),
        ["nullify and finalize have marks of their own, and records are lost"] = Scenarios(
            new Patch(Engine, "foreach (Statement statement in recovered.Votes)\n        {\n            Restore(in statement);", "foreach (Statement statement in (Statement[])[])\n        {\n            Restore(in statement);"),
            new Patch("Chain.Core.Consensus.ProofOfStake/Votes/Statement.cs", "VoteKind.Notarize => 2,", "VoteKind.Notarize => 2, VoteKind.Nullify => 4,")),
        ["one validator can fill the tallies"] = Scenarios(
            new Patch(Engine, "        VoteTally tally = round.Count(in vote, _scope.StakeOf(vote.Signer));", "        if (round.IsFull && round.Find(vote.Statement) is null) { return false; }\n        VoteTally tally = round.Count(in vote, _scope.StakeOf(vote.Signer));"),
            new Patch(Engine, "if (round.HasVoted(vote.Statement.Kind, vote.Signer))", "if (round.Find(vote.Statement)?.Has(vote.Signer) == true)"),
            new Patch(Engine, "if (round.FindExcluded(in vote) is not null)\n        {\n            return !_offences.WasTold(vote.Signer, statement.View);", "if (round.FindExcluded(in vote) is not null)\n        {\n            return true;"),
            new Patch("Chain.Core.Consensus.ProofOfStake/Engine/Round.cs", "public VoteTally? Find(in", "public bool IsFull => _used >= 8;\n\n    public VoteTally? Find(in")),
    };

    public string? Run() => new MutantContext(Patches).Hunt(Hunt, Arguments);

    private static Mutant Twins(int validators, int twins, params Patch[] patches) =>
        new(34, nameof(Hunts.Twins), [validators, twins, 4, validators == 4 ? 3 : 2, true, 0L, Many], patches);

    private static Mutant UnguardedTwins(int validators, int twins, params Patch[] patches) =>
        new(34, nameof(Hunts.Twins), [validators, twins, 4, 3, false, 0L, Many], patches);

    private static Mutant Scenarios(params Patch[] patches) => new(34, nameof(Hunts.Scenarios), [1L, Many], patches);
}
