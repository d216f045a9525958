using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Chain.Core.Analyzers;

/// <summary>Numbers and dates that become text, or are read from it, by the culture of the machine.</summary>
internal sealed class FormattingDetector : IDetector
{
    private const string Provider = "System.IFormatProvider";
    private const string Invariant = "System.Globalization.CultureInfo.InvariantCulture";
    private const string PassInvariant = "pass CultureInfo.InvariantCulture";
    private const string CreateInvariant = "use string.Create(CultureInfo.InvariantCulture, …)";

    public ImmutableArray<OperationKind> Kinds { get; } =
        [OperationKind.Invocation, OperationKind.InterpolatedString, OperationKind.Binary, OperationKind.CompoundAssignment];

    public Finding? Find(IOperation operation, ISymbol owner, ModuleTypes modules) => operation switch
    {
        // Of what a module throws, only the type is on the receipt.
        _ when operation.IsThrown() => null,
        IInvocationOperation invocation => OnInvocation(invocation),
        IInterpolatedStringOperation text => OnInterpolation(text),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
            OnConcatenation(sum.LeftOperand) ?? OnConcatenation(sum.RightOperand),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
            OnConcatenation(sum.Value),
        _ => null,
    };

    private static Finding? OnInvocation(IInvocationOperation invocation)
    {
        if (!UsesCulture(invocation) || invocation.Arguments.HasArgument(Provider))
        {
            return null;
        }

        bool takesProvider = invocation.TargetMethod.Name is "ToString" or "Parse" or "TryFormat"
            || SymbolNames.Of(invocation.TargetMethod.ContainingType) == "System.Convert";
        return new Finding(
            StateTransitionRules.Culture,
            invocation.Syntax,
            invocation.Shown(),
            PassInvariant,
            takesProvider ? new Repair(Repair.Argument, Invariant) : null);
    }

    private static bool UsesCulture(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        bool takesFormat = invocation.Arguments.HasArgument("System.String", "System.ReadOnlySpan");
        return (method.Name, SymbolNames.Of(method.ContainingType)) switch
        {
            ("ToString", "System.Convert") =>
                invocation.Arguments is [var value, ..] && CultureTypes.FollowsCulture(value.Value.Type, hasFormat: false),
            ("ToString" or "TryFormat", _) => CultureTypes.FollowsCulture(invocation.Instance?.Type, takesFormat),
            ("ToLongDateString" or "ToShortDateString" or "ToLongTimeString" or "ToShortTimeString", _) =>
                CultureTypes.FollowsCulture(method.ContainingType, hasFormat: true),
            ("Parse" or "TryParse" or "ParseExact" or "TryParseExact", _) =>
                method.IsStatic && CultureTypes.IsParsed(method.ContainingType),
            ("Format", "System.String") or ("AppendFormat", "System.Text.StringBuilder") => true,
            ("Append" or "Insert" or "Concat" or "Join", "System.Text.StringBuilder" or "System.String") =>
                invocation.Arguments.Any(static each => CultureTypes.FollowsCulture(each.Value.Unconverted().Type, hasFormat: false)),
            (_, "System.Convert") => method.Name.StartsWith("To", StringComparison.Ordinal)
                && CultureTypes.IsParsed(method.ReturnType)
                && invocation.Arguments is [{ Value.Type.SpecialType: SpecialType.System_String or SpecialType.System_Object }],
            _ => false,
        };
    }

    private static Finding? OnInterpolation(IInterpolatedStringOperation text)
    {
        if (text.ConstantValue.HasValue || IsGivenAProvider(text) || !text.Parts.Any(FollowsCulture))
        {
            return null;
        }

        bool isString = text.Parent is not IInterpolatedStringHandlerCreationOperation;
        Repair? repair = isString ? new Repair(Repair.Interpolation, Invariant) : null;
        return new Finding(StateTransitionRules.Culture, text.Syntax, text.Shown(), CreateInvariant, repair);
    }

    private static bool FollowsCulture(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolationOperation hole => FollowsCulture(hole.Expression, hole.FormatString is not null),
        IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [var value, ..] } append } =>
            FollowsCulture(value.Value, append.Arguments.HasArgument("System.String") && append.Arguments.Length > 1),
        _ => false,
    };

    private static bool FollowsCulture(IOperation value, bool hasFormat)
    {
        IOperation shown = value.Unconverted();
        return !shown.ConstantValue.HasValue && CultureTypes.FollowsCulture(shown.Type, hasFormat);
    }

    /// <summary>Whether the text is not made here (FormattableString), or is made with a culture (string.Create).</summary>
    private static bool IsGivenAProvider(IInterpolatedStringOperation text)
    {
        if (text.Parent is IConversionOperation conversion
            && SymbolNames.Of(conversion.Type) is "System.FormattableString" or "System.IFormattable")
        {
            return true;
        }

        IOperation? outer = text.Parent;
        while (outer is IInterpolatedStringHandlerCreationOperation or IConversionOperation or IArgumentOperation)
        {
            outer = outer.Parent;
        }

        return text.Parent is IInterpolatedStringHandlerCreationOperation
            && outer is IInvocationOperation call
            && call.Arguments.HasArgument(Provider);
    }

    private static Finding? OnConcatenation(IOperation part)
    {
        IOperation value = part.Unconverted();
        return !value.ConstantValue.HasValue && CultureTypes.FollowsCulture(value.Type, hasFormat: false)
            ? new Finding(StateTransitionRules.Culture, value.Syntax, value.Shown(), "write it with ToString(CultureInfo.InvariantCulture)")
            : null;
    }
}
