using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>Questions about operations that several detectors ask.</summary>
internal static class Operations
{
    private const int ShownLength = 60;

    /// <summary>The code of an operation on one line, shortened.</summary>
    public static string Shown(this IOperation operation)
    {
        string text = string.Join(" ", operation.Syntax.ToString().Split(['\r', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= ShownLength ? text : text.Substring(0, ShownLength) + "…";
    }

    /// <summary>The operand below conversions that the compiler or the author put around it.</summary>
    public static IOperation Unconverted(this IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>Whether it stands in <c>nameof</c>, where nothing is computed.</summary>
    public static bool IsOnlyNamed(this IOperation operation)
    {
        IOperation? outer = operation.Parent;
        while (outer is IMemberReferenceOperation)
        {
            outer = outer.Parent;
        }

        return outer is INameOfOperation;
    }

    /// <summary>Whether it is part of an exception that is thrown on the spot.</summary>
    public static bool IsThrown(this IOperation operation)
    {
        IOperation? outer = operation.Parent;
        while (outer is not (null or IThrowOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or IBlockOperation))
        {
            outer = outer.Parent;
        }

        return outer is IThrowOperation;
    }

    /// <summary>Whether the author wrote an argument for a parameter of this type.</summary>
    public static bool HasArgument(this IEnumerable<IArgumentOperation> arguments, params string[] types) =>
        arguments.Any(each => each.ArgumentKind != ArgumentKind.DefaultValue
            && each.Value.Unconverted().ConstantValue is not { HasValue: true, Value: null }
            && Array.IndexOf(types, SymbolNames.Of(each.Parameter?.Type)) >= 0);

    /// <summary>Whether the operation is in a lambda or local function, which may run later than what is around it.</summary>
    public static bool IsDeferred(this IOperation operation)
    {
        for (IOperation? outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }
}
