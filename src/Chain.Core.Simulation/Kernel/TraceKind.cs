namespace Chain.Core.Simulation;

/// <summary>The kinds of record in a <see cref="Trace"/>; part of the digest, so never renumbered.</summary>
internal static class TraceKind
{
    internal const byte Start = 1;
    internal const byte Crash = 2;
    internal const byte Input = 3;
    internal const byte Timer = 4;
    internal const byte Connected = 5;
    internal const byte Message = 6;
    internal const byte Disconnected = 7;
}
