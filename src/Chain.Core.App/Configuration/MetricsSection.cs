using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Chain.Core.App.Configuration;

/// <summary>Figures for Prometheus.</summary>
internal sealed class MetricsSection
{
    /// <summary>The port unless it is said otherwise.</summary>
    public const int DefaultPort = 9645;

    [Description("Whether the node serves /metrics.")]
    public bool Enabled { get; init; } = true;

    [Description("The address that Prometheus connects to.")]
    [RegularExpression("[0-9a-fA-F.:]+", ErrorMessage = "an IP address")]
    public string Address { get; init; } = "127.0.0.1";

    [Description("The port that Prometheus connects to; 0 lets the system choose.")]
    [Range(0, 65_535, ErrorMessage = "a port from 0 to 65535")]
    public int Port { get; init; } = DefaultPort;
}
