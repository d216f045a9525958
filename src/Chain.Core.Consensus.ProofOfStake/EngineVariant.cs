namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>
/// Which protections an engine has. The tests of the tests take one away and must then find a fault; nobody else can
/// make anything but <see cref="Correct"/>.
/// </summary>
internal sealed record EngineVariant
{
    public static EngineVariant Correct { get; } = new();

    /// <summary>Who leads a view; null for the draw by stake.</summary>
    public Func<View, int>? Leaders { get; init; }

    /// <summary>Takes exactly two thirds of the stake for a quorum.</summary>
    public bool NeedsExactlyTwoThirds { get; init; }

    /// <summary>Takes half of the stake for a quorum.</summary>
    public bool NeedsOnlyHalf { get; init; }

    /// <summary>A validator counts as much as any other.</summary>
    public bool IgnoresStake { get; init; }

    /// <summary>Notarizes every valid proposal of a view.</summary>
    public bool NotarizesAgain { get; init; }

    /// <summary>Finalizes what it nullified.</summary>
    public bool FinalizesNullified { get; init; }

    /// <summary>Proposes and votes without asking for nullifications of the views between a proposal and its parent.</summary>
    public bool SkipsGaps { get; init; }

    /// <summary>Believes votes without verifying them.</summary>
    public bool BelievesVotes { get; init; }

    /// <summary>Counts every vote of a validator, not one of a kind.</summary>
    public bool CountsTwice { get; init; }

    /// <summary>Forgets its votes when it restarts.</summary>
    public bool ForgetsVotes { get; init; }

    /// <summary>Tells nobody of certificates.</summary>
    public bool KeepsCertificates { get; init; }
}
