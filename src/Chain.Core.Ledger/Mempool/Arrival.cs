using Chain.Core.Machines;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>When a transaction came, by both clocks: the age counts by the first, and goes on after a restart by the second.</summary>
/// <param name="At">On the monotonic clock; before its beginning where it came in an earlier life of the node.</param>
/// <param name="Clock">On the wall clock.</param>
/// <param name="Record">The number under which an earlier life kept it; 0 where none did.</param>
internal readonly record struct Arrival(Instant At, UnixTime Clock, ulong Record = 0);
