namespace Chain.Core.Gossip;

/// <summary>What a <see cref="Misbehaviour"/> costs.</summary>
/// <param name="Points">Points that are added to the peer's score.</param>
/// <param name="Cuts">Whether the connection is closed whatever the score.</param>
internal readonly record struct MisbehaviourWeight(int Points, bool Cuts)
{
    private const int Certain = 100;

    /// <summary>
    /// The table. A hundred points for what no correct peer ever does; few for what a race or a burst can explain;
    /// none, but the connection, for what a slow, lossy or foreign peer does in good faith.
    /// </summary>
    public static MisbehaviourWeight Of(Misbehaviour cause) => cause switch
    {
        Misbehaviour.None => default,

        Misbehaviour.WrongNetwork or Misbehaviour.WrongGenesis or Misbehaviour.NoCommonVersion => new(0, Cuts: true),
        Misbehaviour.HelloTimeout or Misbehaviour.Unresponsive => new(0, Cuts: true),
        Misbehaviour.StalledBlocks or Misbehaviour.StalledHeaders => new(0, Cuts: true),

        // A hello can get lost on a link that loses messages, and what follows it not.
        Misbehaviour.MessageBeforeHello => new(10, Cuts: true),

        Misbehaviour.RepeatedRequest => new(1, Cuts: false),
        Misbehaviour.TooManyMessages or Misbehaviour.TooManyAnnouncements or Misbehaviour.TooManyTransactions => new(2, Cuts: false),
        Misbehaviour.TooManyHeaders or Misbehaviour.TooManyAddresses or Misbehaviour.TooManyRequests => new(2, Cuts: false),
        Misbehaviour.TooManyConsensusMessages or Misbehaviour.UnsolicitedTransaction => new(2, Cuts: false),
        Misbehaviour.TooManyBytes or Misbehaviour.TooManyBlocks or Misbehaviour.UnprovenHead => new(5, Cuts: false),
        Misbehaviour.UnsolicitedPong or Misbehaviour.UnsolicitedNotFound => new(10, Cuts: false),
        Misbehaviour.UnsolicitedBlock or Misbehaviour.UnsolicitedHeaders or Misbehaviour.UnsolicitedAddresses => new(20, Cuts: false),
        Misbehaviour.UnsolicitedBlockTransactions or Misbehaviour.UnsolicitedStateChanges => new(20, Cuts: false),
        Misbehaviour.EmptyList or Misbehaviour.RepeatedId or Misbehaviour.WithheldTransactions => new(20, Cuts: false),
        Misbehaviour.InvalidTransaction => new(25, Cuts: false),
        Misbehaviour.InvalidConsensusMessage => new(50, Cuts: false),

        _ => new(Certain, Cuts: true),
    };
}
