using System.Diagnostics.CodeAnalysis;

namespace Chain.Core.Ledger;

/// <summary>Unwinds a call that reached its cost limit. A call that catches it fails all the same.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Thrown and caught here only.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Thrown and caught here only.")]
internal sealed class CostExceededException() : Exception("The call costs more than a transaction may.");
