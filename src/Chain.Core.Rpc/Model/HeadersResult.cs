using System.ComponentModel;

namespace Chain.Core.Rpc;

/// <summary>Headers.</summary>
internal sealed record HeadersResult([property: Description("In ascending order of height.")] IReadOnlyList<HeaderResult> Headers);
