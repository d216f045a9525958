using Chain.Core.Machines;

namespace Chain.Core.Gossip;

/// <summary>The timers of <see cref="GossipMachine"/>.</summary>
internal static class TimerKind
{
    /// <summary>A connection's hello; the subject is the connection.</summary>
    public const int Hello = 1;

    public const int KeepAlive = 2;
    public const int Dial = 3;
    public const int Discovery = 4;
    public const int AnnounceTransactions = 5;
    public const int Transactions = 6;
    public const int Headers = 7;
    public const int Blocks = 8;
    public const int AnnounceBlocks = 9;
    public const int PostponedHeaders = 10;
    public const int ServeTransactions = 11;
    public const int StateChanges = 12;

    public static TimerKey HelloOf(ConnectionId connection) => new(Hello, connection.Value);
}
