namespace Chain.Core.Rpc;

/// <summary>For whom a method is, and which methods a listener has.</summary>
internal enum RpcScope
{
    /// <summary>For everybody.</summary>
    Public,

    /// <summary>For who holds the token, on the listener for administration alone; it has the public methods as well.</summary>
    Admin,
}
