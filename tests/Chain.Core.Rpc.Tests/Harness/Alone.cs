namespace Chain.Core.Rpc.Tests;

/// <summary>Tests that measure memory, or take many sockets: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
