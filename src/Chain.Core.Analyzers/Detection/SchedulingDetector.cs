using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>The keywords of concurrency; its types are in the table of <see cref="ForbiddenMembers"/>.</summary>
internal sealed class SchedulingDetector : IDetector
{
    public ImmutableArray<OperationKind> Kinds { get; } = [OperationKind.Await, OperationKind.Lock, OperationKind.Loop];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules) => operation switch
    {
        IAwaitOperation => Found(operation, operation.Shown(), "do one step after the other"),
        ILockOperation held => Found(held.LockedValue, $"lock ({held.LockedValue.Shown()})", "keep no state that a lock must guard: state lives in maps"),
        IForEachLoopOperation { IsAsynchronous: true } loop => Found(loop.Collection, "await foreach", "do one step after the other"),
        _ => null,
    };

    private static Finding Found(IOperation operation, string what, string instead) =>
        new(StateTransitionRules.Threads, operation.Syntax, what, instead);
}
