using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>What an operation calls or touches, as far as the compiler says.</summary>
internal static class References
{
    public static ImmutableArray<OperationKind> Kinds { get; } =
    [
        OperationKind.Invocation,
        OperationKind.ObjectCreation,
        OperationKind.PropertyReference,
        OperationKind.FieldReference,
        OperationKind.EventReference,
        OperationKind.MethodReference,
        OperationKind.Binary,
        OperationKind.Unary,
        OperationKind.CompoundAssignment,
        OperationKind.Increment,
        OperationKind.Decrement,
        OperationKind.Conversion,
        OperationKind.Loop,
    ];

    /// <summary>The members that the operation names; members of other assemblies too.</summary>
    public static IEnumerable<ISymbol> Of(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => [invocation.TargetMethod],
        IObjectCreationOperation creation => Known(creation.Constructor),
        IPropertyReferenceOperation reference =>
            Known(reference.Property.GetMethod, reference.Property.SetMethod).Append(reference.Property),
        IFieldReferenceOperation reference => [reference.Field],
        IEventReferenceOperation reference => Known(reference.Event.AddMethod, reference.Event.RemoveMethod),
        IMethodReferenceOperation reference => [reference.Method],
        IBinaryOperation binary => Known(binary.OperatorMethod),
        IUnaryOperation unary => Known(unary.OperatorMethod),
        ICompoundAssignmentOperation assignment => Known(assignment.OperatorMethod),
        IIncrementOrDecrementOperation step => Known(step.OperatorMethod),
        IConversionOperation conversion => Known(conversion.OperatorMethod),
        IForEachLoopOperation loop => Enumerators(loop.Collection.Type),
        _ => [],
    };

    private static IEnumerable<ISymbol> Known(params ISymbol?[] symbols) => symbols.OfType<ISymbol>();

    // foreach names no method in the tree of operations.
    private static IEnumerable<ISymbol> Enumerators(ITypeSymbol? type) =>
        type?.GetMembers("GetEnumerator").OfType<IMethodSymbol>() ?? [];
}
