using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>Members of the class library that <see cref="ForbiddenMembers"/> lists, and calls of native code.</summary>
internal sealed class ForbiddenMemberDetector : IDetector
{
    public ImmutableArray<OperationKind> Kinds { get; } =
    [
        OperationKind.Invocation,
        OperationKind.ObjectCreation,
        OperationKind.PropertyReference,
        OperationKind.FieldReference,
        OperationKind.MethodReference,
        OperationKind.EventReference,
    ];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules)
    {
        if (operation.IsImplicit || MemberOf(operation) is not { } member)
        {
            return null;
        }

        if (member is IMethodSymbol { IsExtern: true, ContainingType.DeclaringSyntaxReferences.Length: > 0 })
        {
            return new Finding(
                StateTransitionRules.Outside,
                operation.Syntax,
                SymbolNames.Shown(member),
                "write it in C#, so that it is the same on every system");
        }

        if (ForbiddenMembers.Find(member) is not { Rule: { } rule } forbidden || IsSaidAlready(operation, rule, owner))
        {
            return null;
        }

        return new Finding(rule, operation.Syntax, SymbolNames.Shown(member), forbidden.Instead, RepairOf(rule, member, operation));
    }

    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => invocation.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        IMemberReferenceOperation reference => reference.Member,
        _ => null,
    };

    /// <summary>
    /// Whether the same rule speaks of what is around it: of a chain of calls one diagnostic is enough. Constants of
    /// enumerations do nothing, and in GetHashCode a hash code is what is asked for.
    /// </summary>
    private static bool IsSaidAlready(IOperation operation, Rule rule, ISymbol owner)
    {
        if (operation is IFieldReferenceOperation { Field.IsConst: true } && rule != StateTransitionRules.Culture)
        {
            return true;
        }

        if (rule == StateTransitionRules.HashOrder && owner is IMethodSymbol { Name: nameof(GetHashCode) })
        {
            return true;
        }

        return operation.Parent switch
        {
            IAwaitOperation => rule == StateTransitionRules.Threads,
            IInvocationOperation outer when outer.Instance == operation => Breaks(outer.TargetMethod, rule),
            IMemberReferenceOperation outer when outer.Instance == operation => Breaks(outer.Member, rule),
            _ => false,
        };
    }

    private static bool Breaks(ISymbol member, Rule rule) => ForbiddenMembers.Find(member)?.Rule == rule;

    private static Repair? RepairOf(Rule rule, ISymbol member, IOperation operation)
    {
        string type = SymbolNames.Of(member.ContainingType);
        if (rule == StateTransitionRules.Clock && member.Name is "Now" or "UtcNow" && type is "System.DateTime" or "System.DateTimeOffset")
        {
            return new Repair(Repair.BlockTime, member.ContainingType.Name);
        }

        if (rule != StateTransitionRules.Culture || operation is not IMemberReferenceOperation)
        {
            return null;
        }

        return type switch
        {
            "System.StringComparison" or "System.StringComparer" =>
                new Repair(Repair.Replace, type + (IsIgnoringCase(member) ? ".OrdinalIgnoreCase" : ".Ordinal")),
            "System.Globalization.CultureInfo" when member.Name.StartsWith("Current", StringComparison.Ordinal) =>
                new Repair(Repair.Replace, "System.Globalization.CultureInfo.InvariantCulture"),
            "System.Globalization.NumberFormatInfo" or "System.Globalization.DateTimeFormatInfo" =>
                new Repair(Repair.Replace, type + ".InvariantInfo"),
            _ => null,
        };
    }

    private static bool IsIgnoringCase(ISymbol member) => member.Name.EndsWith("IgnoreCase", StringComparison.Ordinal);
}
