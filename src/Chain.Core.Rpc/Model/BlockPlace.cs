using System.ComponentModel;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary>Which block something is about.</summary>
internal sealed record BlockPlace(
    [property: Description("Its height.")] BlockHeight Height,
    [property: Description("Its id.")] BlockId Id);
