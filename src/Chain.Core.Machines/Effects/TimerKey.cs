namespace Chain.Core.Machines;

/// <summary>Names a timer of one machine.</summary>
/// <param name="Kind">What it is for; the machine's own numbering.</param>
/// <param name="Subject">Which of its kind, for example a connection's number.</param>
public readonly record struct TimerKey(int Kind, ulong Subject = 0);
