namespace Chain.Core.Rpc.Tests;

/// <summary>One served node for tests that change nothing.</summary>
public sealed class SharedNode : IAsyncLifetime
{
    internal ServedNode Served { get; private set; } = null!;

    public async Task InitializeAsync() => Served = await ServedNode.StartAsync();

    public async Task DisposeAsync() => await Served.DisposeAsync();
}
