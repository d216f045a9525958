using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chain.Core.Rpc;

/// <summary>What an RPC server is, and what its clients may spend. Immutable; checked when the server starts.</summary>
public sealed record RpcServerOptions
{
    /// <summary>The port that the server listens on unless it is told otherwise.</summary>
    public const int DefaultPort = 8645;

    /// <summary>Where clients connect; port 0 lets the system choose.</summary>
    /// <value>127.0.0.1:8645 by default.</value>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>The second listener, with the methods for administration and development.</summary>
    /// <value>Null by default: there is none, and nobody can call these methods.</value>
    public RpcAdminOptions? Admin { get; init; }

    /// <summary>Origins of web pages that may call, such as <c>https://wallet.example</c>.</summary>
    /// <value>None by default: only pages that the server itself served.</value>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Names that requests may be sent to, beside IP addresses and <c>localhost</c>; <c>*</c> is any.</summary>
    /// <value>None by default, so that no web page reaches the server under a name of its own.</value>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether <c>/explorer</c> is a page that shows the chain.</summary>
    /// <value>True by default.</value>
    public bool ServesExplorer { get; init; } = true;

    /// <summary>Largest request, and largest message of a WebSocket.</summary>
    /// <value>In bytes; 1 MiB by default; 1 KiB to 64 MiB.</value>
    public int MaxRequestBytes { get; init; } = 1024 * 1024;

    /// <summary>A batch whose answer is longer than this gets errors for what is left of it.</summary>
    /// <value>In bytes; 16 MiB by default; 64 KiB to 1 GiB.</value>
    public int MaxResponseBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Memory for requests that have not all arrived and for answers that are not all taken, of all clients together; those of at
    /// most 64 KiB do not count. One client address has a quarter of it at most; where it is used up, long messages are refused.
    /// </summary>
    /// <value>In bytes; 256 MiB by default; at least four times <see cref="MaxRequestBytes"/>.</value>
    public long MaxBufferedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Most requests in a batch.</summary>
    /// <value>100 by default; 1 to 10,000.</value>
    public int MaxBatch { get; init; } = 100;

    /// <summary>Deepest nesting of a request's JSON.</summary>
    /// <value>16 levels by default; 4 to 64.</value>
    public int MaxJsonDepth { get; init; } = 16;

    /// <summary>What one client address may ask in a second; dear methods count more than once. Twice as many may come at once.</summary>
    /// <value>1,000 by default; 50 to 1,000,000, or 0 for no limit.</value>
    public int RequestsPerSecond { get; init; } = 1_000;

    /// <summary>Most connections at a time; further ones are closed at once.</summary>
    /// <value>4,096 by default; 1 to 1,000,000.</value>
    public int MaxConnections { get; init; } = 4_096;

    /// <summary>Most WebSockets and readers of events at a time.</summary>
    /// <value>2,048 by default; 0 to <see cref="MaxConnections"/>.</value>
    public int MaxStreams { get; init; } = 2_048;

    /// <summary>Most subscriptions of one WebSocket.</summary>
    /// <value>32 by default; 1 to 1,024.</value>
    public int MaxSubscriptionsPerConnection { get; init; } = 32;

    /// <summary>How many events the server keeps for readers that are behind; about 200 bytes each.</summary>
    /// <value>4,096 by default; 16 to 1,048,576.</value>
    public int EventLogCapacity { get; init; } = 4_096;

    /// <summary>How many calls that execute transactions run at once.</summary>
    /// <value>One for each processor by default; 1 to 256.</value>
    public int HeavyCalls { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a connection may be silent between requests.</summary>
    /// <value>One minute by default; positive.</value>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the head of a request may take to arrive.</summary>
    /// <value>Ten seconds by default; positive.</value>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may leave what is sent to it unread before its connection is cut.</summary>
    /// <value>Twenty seconds by default; positive.</value>
    public TimeSpan SlowClientTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a quiet stream of events says that it is alive, and a quiet WebSocket is asked whether it is.</summary>
    /// <value>Fifteen seconds by default; positive.</value>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long <c>tx_v1_submit</c> waits for the verdict of the mempool.</summary>
    /// <value>Ten seconds by default; positive.</value>
    public TimeSpan SubmitPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the server logs.</summary>
    /// <value>Nowhere by default.</value>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Checks every value.</summary>
    /// <exception cref="RpcConfigurationException">One is wrong; the message names it, what was expected, and what was found.</exception>
    public void Validate()
    {
        Require(Listen is not null, nameof(Listen), "an address and a port", "nothing");
        Require(MaxRequestBytes is >= 1024 and <= 64 * 1024 * 1024, nameof(MaxRequestBytes), "1024 to 67108864 bytes", MaxRequestBytes);
        Require(MaxResponseBytes is >= 64 * 1024 and <= 1024 * 1024 * 1024, nameof(MaxResponseBytes), "65536 to 1073741824 bytes", MaxResponseBytes);
        Require(MaxBufferedBytes >= 4L * MaxRequestBytes, nameof(MaxBufferedBytes), $"at least four times {nameof(MaxRequestBytes)}, {4L * MaxRequestBytes} bytes", MaxBufferedBytes);
        Require(MaxBatch is >= 1 and <= 10_000, nameof(MaxBatch), "1 to 10000 requests", MaxBatch);
        Require(MaxJsonDepth is >= 4 and <= 64, nameof(MaxJsonDepth), "4 to 64 levels", MaxJsonDepth);
        Require(RequestsPerSecond is 0 or (>= 50 and <= 1_000_000), nameof(RequestsPerSecond), "50 to 1000000, or 0 for no limit", RequestsPerSecond);
        Require(MaxConnections is >= 1 and <= 1_000_000, nameof(MaxConnections), "1 to 1000000", MaxConnections);
        Require(MaxStreams >= 0 && MaxStreams <= MaxConnections, nameof(MaxStreams), $"0 to {nameof(MaxConnections)}", MaxStreams);
        Require(MaxSubscriptionsPerConnection is >= 1 and <= 1024, nameof(MaxSubscriptionsPerConnection), "1 to 1024", MaxSubscriptionsPerConnection);
        Require(EventLogCapacity is >= 16 and <= 1 << 20, nameof(EventLogCapacity), "16 to 1048576 events", EventLogCapacity);
        Require(HeavyCalls is >= 1 and <= 256, nameof(HeavyCalls), "1 to 256", HeavyCalls);
        RequirePositive(IdleTimeout, nameof(IdleTimeout));
        RequirePositive(HeadersTimeout, nameof(HeadersTimeout));
        RequirePositive(SlowClientTimeout, nameof(SlowClientTimeout));
        RequirePositive(Heartbeat, nameof(Heartbeat));
        RequirePositive(SubmitPatience, nameof(SubmitPatience));
        foreach (string origin in AllowedOrigins)
        {
            bool isOrigin = Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.GetLeftPart(UriPartial.Authority) == origin;
            Require(isOrigin, nameof(AllowedOrigins), "a scheme, a host and perhaps a port, such as https://wallet.example", origin);
        }

        if (Admin is { } admin)
        {
            Require(admin.Listen is not null, $"{nameof(Admin)}.{nameof(Admin.Listen)}", "an address and a port", "nothing");
            Require(!string.IsNullOrWhiteSpace(admin.TokenFile), $"{nameof(Admin)}.{nameof(Admin.TokenFile)}", "the path of a file", "nothing");
            Require(
                admin.Listen!.Port == 0 || admin.Listen.Port != Listen!.Port,
                $"{nameof(Admin)}.{nameof(Admin.Listen)}",
                $"another port than {nameof(Listen)}",
                admin.Listen.Port);
        }
    }

    private static void RequirePositive(TimeSpan value, string name) =>
        Require(value > TimeSpan.Zero && value <= TimeSpan.FromDays(1), name, "a positive time of at most a day", value);

    private static void Require(bool isRight, string name, string expected, object actual)
    {
        if (!isRight)
        {
            throw new RpcConfigurationException($"Rpc:{name}: expected {expected}, found {actual}.");
        }
    }
}
