namespace Chain.Core.Machines;

/// <summary>Who dialled.</summary>
public enum ConnectionDirection
{
    /// <summary>The other side.</summary>
    Inbound,

    /// <summary>This side.</summary>
    Outbound,
}
