using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>State outside of the maps: static fields that change, and fields of a module that a call changes.</summary>
internal sealed class KeptStateDetector : IDetector
{
    private const string Instead = "declare a StateValue or a StateMap, and keep it there";

    private static readonly ImmutableHashSet<string> Mutators =
    [
        "Add", "AddRange", "AddOrUpdate", "Append", "AddFirst", "AddLast", "Clear", "Dequeue", "Enqueue", "ExceptWith", "GetOrAdd",
        "Insert", "InsertRange", "IntersectWith", "Pop", "Push", "Remove", "RemoveAll", "RemoveAt", "RemoveFirst", "RemoveLast",
        "RemoveRange", "RemoveWhere", "Reverse", "SetValue", "Sort", "SymmetricExceptWith", "TryAdd", "TryDequeue", "TryPop",
        "TryRemove", "TryTake", "TryUpdate", "UnionWith",
    ];

    public ImmutableArray<OperationKind> Kinds { get; } = [OperationKind.FieldReference, OperationKind.PropertyReference];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules)
    {
        ISymbol member = ((IMemberReferenceOperation)operation).Member;
        if (operation.IsImplicit || member.ContainingType is null || !IsStorage(member) || IsInitialized(operation, owner, member))
        {
            return null;
        }

        if (member.IsStatic)
        {
            return CanBeSet(member) || IsChanged(operation)
                ? new Finding(StateTransitionRules.StaticState, operation.Syntax, SymbolNames.Shown(member), Instead)
                : null;
        }

        return modules.Contains(member) && IsOfModule(operation, modules) && (IsWritten(operation) || IsChanged(operation))
            ? new Finding(StateTransitionRules.FieldState, operation.Syntax, operation.Shown(), Instead)
            : null;
    }

    private static bool IsStorage(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsConst,
        IPropertySymbol { IsIndexer: false } property => property.DeclaringSyntaxReferences.Length > 0,
        _ => false,
    };

    /// <summary>Whether the reference is in the constructor, or the initializer, of what it refers to; and not in a lambda there.</summary>
    private static bool IsInitialized(IOperation operation, ISymbol owner, ISymbol member) =>
        !operation.IsDeferred()
        && owner.IsStatic == member.IsStatic
        && owner is IFieldSymbol or IPropertySymbol
            or IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };

    /// <summary>Whether it is a member of a module, and not of one that an object initializer is making.</summary>
    private static bool IsOfModule(IOperation operation, ModuleTypes modules) =>
        ((IMemberReferenceOperation)operation).Instance is { Type: INamedTypeSymbol type } instance
        && instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver }
        && modules.Contains(type);

    private static bool CanBeSet(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is { IsInitOnly: false },
        _ => false,
    };

    private static bool IsWritten(IOperation target) => target.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == target,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation tuple => tuple.Parent is IDeconstructionAssignmentOperation deconstruction && deconstruction.Target == tuple,
        IAddressOfOperation => true,
        _ => false,
    };

    /// <summary>Whether what stands in the field is changed: an element of an array, a collection, a field of a struct.</summary>
    private static bool IsChanged(IOperation held) => held.Parent switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference == held && IsWritten(element),
        IPropertyReferenceOperation { Property.IsIndexer: true } indexer => indexer.Instance == held && IsWritten(indexer),
        IMemberReferenceOperation { Member: IFieldSymbol } field => field.Instance == held && (IsWritten(field) || IsChanged(field)),
        IInvocationOperation call => call.Instance == held
            && Mutators.Contains(call.TargetMethod.Name)
            && IsMutable(call.TargetMethod.ContainingType),
        _ => false,
    };

    /// <summary>Immutable collections have methods of the same names, which return another collection.</summary>
    private static bool IsMutable(INamedTypeSymbol type) =>
        SymbolNames.Of(type.ContainingNamespace) is var space
        && (space.StartsWith("System.Collections", StringComparison.Ordinal) || space == "System.Text")
        && (space != "System.Collections.Immutable" || type.Name == "Builder")
        && space != "System.Collections.Frozen";
}
