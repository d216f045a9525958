using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>An address of the book.</summary>
internal sealed class AddressEntry(PeerAddress address, bool isBootstrap)
{
    public PeerAddress Address { get; } = address;

    /// <summary>Given by the operator: never forgotten.</summary>
    public bool IsBootstrap { get; } = isBootstrap;

    /// <summary>Dials in a row that did not lead to a hello.</summary>
    public int Failures { get; set; }

    /// <summary>Not dialled before then.</summary>
    public Instant NotBefore { get; private set; }

    /// <summary>Dials and connections that hold the address.</summary>
    public int Uses { get; set; }

    /// <summary>Who answered there last.</summary>
    public PeerId? LastPeer { get; set; }

    public void RestUntil(Instant until) => NotBefore = until > NotBefore ? until : NotBefore;
}
