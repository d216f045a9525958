namespace Chain.Core.Wire;

/// <summary>The kind of host in a <see cref="PeerAddress"/>; its number on the wire.</summary>
public enum PeerAddressKind : byte
{
    /// <summary>No address.</summary>
    None = 0,

    /// <summary>An IPv4 address.</summary>
    IPv4 = 1,

    /// <summary>An IPv6 address.</summary>
    IPv6 = 2,

    /// <summary>A DNS name.</summary>
    Dns = 3,
}
