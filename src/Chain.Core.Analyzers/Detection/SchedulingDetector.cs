using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>The keywords of concurrency; its types are in the table of <see cref="ForbiddenMembers"/>.</summary>
internal sealed class SchedulingDetector : IDetector
{
    private const string OneStep = "do one step after the other";

    public ImmutableArray<OperationKind> Kinds { get; } = [OperationKind.Await, OperationKind.Lock, OperationKind.Loop];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules) => operation switch
    {
        IAwaitOperation => Found(operation, operation.Shown(), OneStep),
        ILockOperation { LockedValue: var held } => Found(held, $"lock ({held.Shown()})", "state lives in maps, which need no lock"),
        IForEachLoopOperation { IsAsynchronous: true } loop => Found(loop.Collection, "await foreach", OneStep),
        _ => null,
    };

    private static Finding Found(IOperation operation, string what, string instead) =>
        new(StateTransitionRules.Threads, operation.Syntax, what, instead);
}
