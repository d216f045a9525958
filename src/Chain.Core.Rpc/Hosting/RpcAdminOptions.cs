using System.Net;

namespace Chain.Core.Rpc;

/// <summary>The listener for administration: whoever has its token may do what the methods for administration do.</summary>
public sealed record RpcAdminOptions
{
    /// <summary>The port that it listens on unless it is told otherwise.</summary>
    public const int DefaultPort = 8646;

    /// <summary>Where clients connect; port 0 lets the system choose.</summary>
    /// <value>127.0.0.1:8646 by default.</value>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>
    /// The file with the token that requests must carry. It is made, with a fresh token, where it does not exist; one that
    /// others than its owner can read is refused.
    /// </summary>
    public required string TokenFile { get; init; }
}
