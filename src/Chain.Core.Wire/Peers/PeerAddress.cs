using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Chain.Core.Wire;

/// <summary>Where a peer can be reached: an IPv4 or IPv6 address or a DNS name, with a port.</summary>
/// <remarks>Onion services and relay circuits get kinds of their own; unknown kinds are refused, not guessed.</remarks>
public sealed record PeerAddress
{
    /// <summary>Longest host in characters (RFC 1035 section 2.3.4).</summary>
    public const int MaxHostLength = 253;

    private PeerAddress(PeerAddressKind kind, string host, ushort port)
    {
        Kind = kind;
        Host = host;
        Port = port;
    }

    /// <summary>Which kind of host this is.</summary>
    public PeerAddressKind Kind { get; }

    /// <summary>An IP address in its standard text form, or a DNS name in lower case.</summary>
    public string Host { get; }

    /// <summary>The TCP port, never 0.</summary>
    public ushort Port { get; }

    /// <summary>The address of an IP end point.</summary>
    /// <exception cref="ArgumentException">The port is 0.</exception>
    public static PeerAddress From(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return TryCreate(plain.ToString(), port, out PeerAddress? created)
            ? created
            : throw new ArgumentException($"{address} with port {port} is no peer address.", nameof(port));
    }

    /// <summary>Checks the host and the port: an IP address without scope, or a DNS name.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? host, int port, [NotNullWhen(true)] out PeerAddress? address)
    {
        address = null;
        if (string.IsNullOrEmpty(host) || host.Length > MaxHostLength || port is <= 0 or > ushort.MaxValue)
        {
            return false;
        }

        PeerAddressKind kind = KindOf(host, out string canonical);
        address = kind == PeerAddressKind.None ? null : new PeerAddress(kind, canonical, (ushort)port);
        return address is not null;
    }

    /// <summary>Reads <c>host:port</c>; an IPv6 host stands in square brackets.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PeerAddress? address)
    {
        address = null;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, null, out ushort port))
        {
            return false;
        }

        string host = text![..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host.Contains(':', StringComparison.Ordinal) != bracketed)
        {
            return false;
        }

        return TryCreate(bracketed ? host[1..^1] : host, port, out address);
    }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        Kind == PeerAddressKind.IPv6
            ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static PeerAddressKind KindOf(string host, out string canonical)
    {
        // Brackets, ports and scopes are not part of a host, though IPAddress would read them.
        canonical = host;
        if (host.AsSpan().ContainsAny('[', ']', '%'))
        {
            return PeerAddressKind.None;
        }

        if (IPAddress.TryParse(host, out IPAddress? ip))
        {
            canonical = ip.ToString();
            if (!canonical.Contains(':', StringComparison.Ordinal))
            {
                // "1" and "0x7f.1" parse as IPv4 too; only the dotted form is canonical.
                return canonical == host ? PeerAddressKind.IPv4 : PeerAddressKind.None;
            }

            return ip.IsIPv4MappedToIPv6 ? PeerAddressKind.None : PeerAddressKind.IPv6;
        }

        canonical = host.ToLowerInvariant();
        return IsDnsName(canonical) ? PeerAddressKind.Dns : PeerAddressKind.None;
    }

    private static bool IsDnsName(string host)
    {
        string[] labels = host.Split('.');

        // A name that ends in a number is an IPv4 address gone wrong, or one in disguise.
        if (labels[^1].All(char.IsAsciiDigit) || labels[^1].StartsWith("0x", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (string label in labels)
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || !label.All(IsLabelCharacter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabelCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
