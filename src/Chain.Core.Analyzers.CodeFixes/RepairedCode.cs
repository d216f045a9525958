using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Chain.Core.Analyzers;

/// <summary>One node and what to put in its place.</summary>
internal sealed class RepairedCode
{
    private const string UtcDateTime = ".UtcDateTime";

    private readonly SyntaxNode _old;
    private readonly SyntaxNode _new;
    private readonly string? _using;

    private RepairedCode(string title, SyntaxNode old, SyntaxNode repaired, string? importing = null)
    {
        Title = title;
        _old = old;
        _new = repaired.WithTriviaFrom(old).WithAdditionalAnnotations(Simplifier.Annotation);
        _using = importing;
    }

    /// <summary>What the editor offers.</summary>
    public string Title { get; }

    /// <summary>The repair of a node, or null where the code is not as the repair needs it.</summary>
    public static RepairedCode? TryMake(SemanticModel model, SyntaxNode node, Repair repair) => (repair.Kind, node) switch
    {
        (Repair.Argument, _) => WithArgument(node, $"Pass {Short(repair.Value)}", Member(model, node, repair.Value)),
        (Repair.Rename, InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }) =>
            new RepairedCode($"Use {repair.Value}", access, access.WithName(SyntaxFactory.IdentifierName(repair.Value))),
        (Repair.Replace, ExpressionSyntax expression) =>
            new RepairedCode($"Use {Short(repair.Value)}", Whole(expression), Member(model, node, repair.Value)),
        (Repair.Interpolation, InterpolatedStringExpressionSyntax text) => new RepairedCode(
            "Format with the invariant culture",
            text,
            SyntaxFactory.ParseExpression($"string.Create({Member(model, node, repair.Value)}, {text.WithoutTrivia()})")),
        (Repair.SortPairs, ExpressionSyntax collection) => Sorted(model, collection, "OrderBy", "static pair => pair.Key", repair.Value),
        (Repair.Sort, ExpressionSyntax collection) => Sorted(model, collection, "Order", "", repair.Value),
        (Repair.BlockTime, ExpressionSyntax now) => BlockTime(model, now, repair.Value),
        _ => null,
    };

    public SyntaxNode ApplyTo(SyntaxNode root)
    {
        SyntaxNode changed = root.ReplaceNode(_old, _new);
        return _using is not null && changed is CompilationUnitSyntax unit
            ? unit.AddUsings(SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(_using)).NormalizeWhitespace()
                .WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed))
            : changed;
    }

    private static RepairedCode? WithArgument(SyntaxNode node, string title, ExpressionSyntax value) => node switch
    {
        InvocationExpressionSyntax call =>
            new RepairedCode(title, call, call.WithArgumentList(Appended(call.ArgumentList, value))),
        ImplicitObjectCreationExpressionSyntax creation =>
            new RepairedCode(title, creation, creation.WithArgumentList(Appended(creation.ArgumentList, value))),
        ObjectCreationExpressionSyntax { ArgumentList: { } arguments } creation =>
            new RepairedCode(title, creation, creation.WithArgumentList(Appended(arguments, value))),
        // The space before an initializer belongs to the type.
        ObjectCreationExpressionSyntax creation => new RepairedCode(
            title,
            creation,
            creation.WithType(creation.Type.WithoutTrailingTrivia())
                .WithArgumentList(Appended(null, value).WithTrailingTrivia(creation.Type.GetTrailingTrivia()))),
        _ => null,
    };

    private static RepairedCode Sorted(
        SemanticModel model, ExpressionSyntax collection, string method, string selector, string comparer)
    {
        string comparison = comparer.Length == 0 ? "" : Member(model, collection, comparer).ToString();
        string arguments = string.Join(", ", new[] { selector, comparison }.Where(static each => each.Length > 0));
        ExpressionSyntax target = collection is CastExpressionSyntax or BinaryExpressionSyntax or ConditionalExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(collection.WithoutTrivia())
            : collection.WithoutTrivia();
        bool isImported = model.LookupNamespacesAndTypes(collection.SpanStart, name: "Enumerable").Any();
        return new RepairedCode(
            "Enumerate in sorted order",
            collection,
            SyntaxFactory.ParseExpression($"{target}.{method}({arguments})"),
            isImported ? null : "System.Linq");
    }

    /// <summary>The time of the block, in the type of what was there, where a call's context is at hand.</summary>
    private static RepairedCode? BlockTime(SemanticModel model, ExpressionSyntax now, string type)
    {
        IParameterSymbol? context = model.LookupSymbols(now.SpanStart).OfType<IParameterSymbol>()
            .FirstOrDefault(static each => SymbolNames.Of(each.Type) == "Chain.Core.Ledger.CallContext");
        string time = Member(model, now, "System.DateTimeOffset.FromUnixTimeMilliseconds").ToString();
        return context is null
            ? null
            : new RepairedCode(
                "Use the time of the block",
                Whole(now),
                SyntaxFactory.ParseExpression($"{time}((long){context.Name}.Time.Milliseconds){(type == "DateTime" ? UtcDateTime : "")}"));
    }

    private static ArgumentListSyntax Appended(ArgumentListSyntax? arguments, ExpressionSyntax value)
    {
        ArgumentSyntax argument = SyntaxFactory.Argument(value);
        ArgumentListSyntax list = arguments ?? SyntaxFactory.ArgumentList();
        return list.WithArguments(list.Arguments.Count == 0
            ? list.Arguments.Add(argument)
            : SyntaxFactory.SeparatedList<ArgumentSyntax>(list.Arguments.GetWithSeparators()
                .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space))
                .Add(argument)));
    }

    /// <summary>A static member, with its namespace where no using brings it.</summary>
    private static ExpressionSyntax Member(SemanticModel model, SyntaxNode at, string name)
    {
        string[] parts = name.Split('.');
        string type = parts[parts.Length - 2];
        bool isImported = model.LookupNamespacesAndTypes(at.SpanStart, name: type)
            .Any(each => each is ITypeSymbol found && name.StartsWith(SymbolNames.Of(found) + ".", StringComparison.Ordinal));
        return SyntaxFactory.ParseExpression(isImported ? Short(name) : name);
    }

    /// <summary>As <c>StringComparison.Ordinal</c>.</summary>
    private static string Short(string name)
    {
        string[] parts = name.Split('.');
        return $"{parts[parts.Length - 2]}.{parts[parts.Length - 1]}";
    }

    /// <summary>The whole of <c>DateTime.UtcNow</c>, where only its last name was found.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax expression) =>
        expression.Parent is MemberAccessExpressionSyntax access && access.Name == expression ? access : expression;
}
