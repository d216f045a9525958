using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Chain.Core.App.Configuration;

/// <summary>The network of nodes.</summary>
internal sealed class PeerSection
{
    [Description("The address that peers connect to; empty for a node that takes no connections.")]
    [RegularExpression(@"[0-9a-fA-F.:]*", ErrorMessage = "an IP address, 0.0.0.0 for all, or nothing")]
    public string Address { get; init; } = "0.0.0.0";

    [Description("The port that peers connect to; 0 lets the system choose.")]
    [Range(0, 65_535, ErrorMessage = "a port from 0 to 65535")]
    public int Port { get; init; } = 7000;

    [Description("What peers are told to dial, such as node.example:7000; empty to tell nothing.")]
    public string Advertise { get; init; } = "";

    [Description("Peers to start from, such as seed.example:7000.")]
    public string[] Connect { get; init; } = [];
}
