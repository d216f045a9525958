namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What the records of an earlier life hold; what is malformed is passed over.</summary>
/// <param name="Certificates">The certificates, a finalization first.</param>
/// <param name="Votes">The last votes that were about to be signed.</param>
internal sealed record RecoveredState(IReadOnlyList<Certificate> Certificates, IReadOnlyList<Statement> Votes)
{
    public static RecoveredState Nothing { get; } = new([], []);

    /// <summary>What it holds of the epochs after this one.</summary>
    public RecoveredState Beyond(ulong epoch) => new(
        [.. Certificates.Where(certificate => certificate.View.Epoch > epoch)],
        [.. Votes.Where(vote => vote.View.Epoch > epoch)]);

    public static RecoveredState Read(IReadOnlyList<ConsensusRecord> records)
    {
        List<Certificate> certificates = [];
        List<Statement> votes = [];
        foreach (ConsensusRecord record in records)
        {
            if (record.Key is EngineRecords.Notarize or EngineRecords.Conclude)
            {
                if (EngineRecords.TryReadStatement(record.Value, out Statement statement))
                {
                    votes.Add(statement);
                }
            }
            else if (Certificate.TryDecode(record.Value, out Certificate? certificate))
            {
                certificates.Add(certificate);
            }
        }

        return new RecoveredState(certificates, votes);
    }
}
