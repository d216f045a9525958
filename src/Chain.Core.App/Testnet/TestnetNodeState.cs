namespace Chain.Core.App.Testnet;

/// <summary>One node of a testnet.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="PeerPort">Where it takes peers.</param>
/// <param name="RpcPort">Where clients call it.</param>
/// <param name="AdminPort">Where the testnet's own verbs call it.</param>
/// <param name="Process">The process; null where it was killed or taken down.</param>
/// <param name="Started">When the process started: a number may be given to another process later.</param>
internal sealed record TestnetNodeState(
    int Index, int PeerPort, int RpcPort, int AdminPort, int? Process = null, DateTimeOffset? Started = null)
{
    /// <summary>Where clients call it.</summary>
    public Uri Rpc => new($"http://127.0.0.1:{RpcPort}/");

    /// <summary>Where the testnet's own verbs call it.</summary>
    public Uri Admin => new($"http://127.0.0.1:{AdminPort}/");
}
