using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Chain.Core.App.Configuration;

/// <summary>Traces of transactions, for a collector of OpenTelemetry.</summary>
internal sealed class TracingSection
{
    [Description("How many of a million transactions are traced, chosen by their ids so that all nodes with one number trace the same; 0 for none.")]
    [Range(0, 1_000_000, ErrorMessage = "0 to 1000000")]
    public int PerMillion { get; init; }

    [Description("Where spans are sent to, such as http://127.0.0.1:4317; empty to send none.")]
    public string Endpoint { get; init; } = "";

    [Description("How: grpc, or http for a path such as http://127.0.0.1:4318/v1/traces.")]
    public TraceProtocol Protocol { get; init; } = TraceProtocol.Grpc;
}
