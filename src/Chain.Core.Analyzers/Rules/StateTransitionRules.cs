using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Every rule for state transitions. Ids are never used again for something else.</summary>
internal static class StateTransitionRules
{
    public static Rule Clock { get; } = new(
        "CC1001",
        DiagnosticSeverity.Error,
        "A state transition reads a clock",
        "'{0}' is another time on every node and at every replay: {1}",
        "Every node executes a block at another moment, some of them years later. The only time is that of the block.");

    public static Rule Randomness { get; } = new(
        "CC1002",
        DiagnosticSeverity.Error,
        "A state transition draws random numbers",
        "'{0}' is another value on every node: {1}",
        "What one node draws no other node draws, so that their states part at this block.");

    public static Rule FloatingPoint { get; } = new(
        "CC1003",
        DiagnosticSeverity.Warning,
        "A state transition computes with floating point",
        "'{0}' computes with floating point, whose last bit may depend on processor and runtime: {1}",
        "Functions such as Math.Pow may round otherwise on another processor or version of .NET, and one bit is another state root.");

    public static Rule HashOrder { get; } = new(
        "CC1004",
        DiagnosticSeverity.Warning,
        "A state transition depends on the order of a hash table",
        "'{0}' depends on hash codes, which differ between processes: {1}",
        "The order of a hash table is not specified, and hash codes of strings are seeded anew in each process.");

    public static Rule Culture { get; } = new(
        "CC1005",
        DiagnosticSeverity.Warning,
        "A state transition depends on a culture",
        "'{0}' depends on the culture of the machine or on its tables of languages: {1}",
        "Signs, separators, letter case and the order of strings follow the settings and the libraries of each machine.");

    public static Rule Outside { get; } = new(
        "CC1006",
        DiagnosticSeverity.Error,
        "A state transition looks outside the chain",
        "'{0}' looks at, or changes, what is outside the chain: {1}",
        "Files, sockets, the console and the environment are different on every node, and a block is executed more than once.");

    public static Rule Threads { get; } = new(
        "CC1007",
        DiagnosticSeverity.Error,
        "A state transition uses threads or tasks",
        "'{0}' makes the outcome a matter of scheduling: {1}",
        "A transition is one step after the other. A node already runs independent work in parallel, outside of the transition.");

    public static Rule StaticState { get; } = new(
        "CC1008",
        DiagnosticSeverity.Warning,
        "A state transition uses mutable static state",
        "'{0}' is shared by all blocks, forks and nodes of the process: {1}",
        "Static state survives the call, is not undone when a call fails or a block is left, and is not part of the state root.");

    public static Rule FieldState { get; } = new(
        "CC1009",
        DiagnosticSeverity.Warning,
        "A module keeps state in a field",
        "'{0}' keeps something in a field of the module after the call: {1}",
        "One instance of a module serves all blocks, forks and threads. What its fields hold is not undone and not proven.");

    public static ImmutableArray<Rule> All { get; } =
        [Clock, Randomness, FloatingPoint, HashOrder, Culture, Outside, Threads, StaticState, FieldState];
}
