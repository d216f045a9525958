namespace Chain.Core.App.Configuration;

/// <summary>When a node makes blocks.</summary>
internal enum ProducerMode
{
    /// <summary>As the engine suggests.</summary>
    Auto,

    /// <summary>It does.</summary>
    On,

    /// <summary>It follows.</summary>
    Off,
}
