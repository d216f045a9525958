namespace Chain.Core.Transport;

/// <summary>What became of a frame that was to wait in a <see cref="SendQueue"/>.</summary>
internal enum EnqueueResult
{
    /// <summary>It waits.</summary>
    Waits = 0,

    /// <summary>It waits, and with it so much that the sender is to pause.</summary>
    Congested,

    /// <summary>The limit was reached already.</summary>
    Refused,
}
