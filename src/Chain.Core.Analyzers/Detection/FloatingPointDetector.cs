using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>
/// Expressions that compute with float, double or Half. Of nested ones, the outermost. Not decimal: its arithmetic is
/// specified digit by digit and done in integers.
/// </summary>
internal sealed class FloatingPointDetector : IDetector
{
    private const string Instead = "count in integers of the smallest unit (ulong, UInt128, BigInteger), or use decimal";

    private static readonly ImmutableHashSet<string> Floating =
    [
        "System.Half", "System.Runtime.InteropServices.NFloat", "System.Numerics.BFloat16", "System.Numerics.Complex",
        "System.Numerics.Vector2", "System.Numerics.Vector3", "System.Numerics.Vector4", "System.Numerics.Quaternion",
        "System.Numerics.Matrix3x2", "System.Numerics.Matrix4x4", "System.Numerics.Plane",
    ];

    public ImmutableArray<OperationKind> Kinds { get; } =
    [
        OperationKind.Literal,
        OperationKind.Conversion,
        OperationKind.Binary,
        OperationKind.Unary,
        OperationKind.Invocation,
        OperationKind.ObjectCreation,
        OperationKind.PropertyReference,
        OperationKind.FieldReference,
        OperationKind.LocalReference,
        OperationKind.ParameterReference,
        OperationKind.ArrayElementReference,
        OperationKind.CompoundAssignment,
        OperationKind.Increment,
        OperationKind.Decrement,
        OperationKind.DefaultValue,
    ];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules)
    {
        if (!Computes(operation) || IsWritten(operation))
        {
            return null;
        }

        for (IOperation? outer = operation.Parent; outer is IArgumentOperation or { Type: not null }; outer = outer.Parent)
        {
            if (Computes(outer) || IsComputedOnce(outer))
            {
                return null;
            }
        }

        return new Finding(StateTransitionRules.FloatingPoint, operation.Syntax, operation.Shown(), Instead);
    }

    private static bool Computes(IOperation operation) => !IsComputedOnce(operation) && operation switch
    {
        // A whole number that is written down, as in AddDays(1), is exact.
        IConversionOperation { IsImplicit: true, ConstantValue.HasValue: true } whole => IsFloating(whole.Operand.Type),
        IConversionOperation conversion => IsFloating(conversion.Type) || IsFloating(conversion.Operand.Type),
        IBinaryOperation binary => IsFloating(binary.Type) || IsFloating(binary.LeftOperand.Type),
        IInvocationOperation invocation => IsFloating(invocation.Type) || IsFloating(invocation.TargetMethod.ContainingType),
        ISimpleAssignmentOperation => false,
        _ => IsFloating(operation.Type),
    };

    /// <summary>Whether the compiler computes it, to something that is no floating point, as <c>(ulong)1e9</c>.</summary>
    private static bool IsComputedOnce(IOperation operation) => operation.ConstantValue.HasValue && !IsFloating(operation.Type);

    /// <summary>What is assigned is the finding, not what it is assigned to.</summary>
    private static bool IsWritten(IOperation operation) =>
        operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == operation;

    private static bool IsFloating(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double } => true,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } => IsFloating(inner),
        _ => type.IsValueType && Floating.Contains(SymbolNames.Of(type)),
    };
}
