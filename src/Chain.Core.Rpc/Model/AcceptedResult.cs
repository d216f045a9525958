using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>A command was given.</summary>
internal sealed record AcceptedResult(
    [property: Description("True: the node has it.")] bool Accepted);
