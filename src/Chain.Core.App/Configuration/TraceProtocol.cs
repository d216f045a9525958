namespace Chain.Core.App.Configuration;

/// <summary>How spans are sent: the two forms of OTLP that collectors take.</summary>
internal enum TraceProtocol
{
    /// <summary>OTLP over gRPC.</summary>
    Grpc,

    /// <summary>OTLP over HTTP, as Protocol Buffers.</summary>
    Http,
}
