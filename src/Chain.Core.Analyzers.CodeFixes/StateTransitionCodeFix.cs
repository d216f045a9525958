using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Chain.Core.Analyzers;

/// <summary>Offers what the analyzer proposed as a <see cref="Repair"/>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StateTransitionCodeFix)), Shared]
internal sealed class StateTransitionCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [StateTransitionRules.Clock.Id, StateTransitionRules.HashOrder.Id, StateTransitionRules.Culture.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Repair.From(diagnostic.Properties) is { } repair && RepairedCode.TryMake(model, node, repair) is { } made)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        made.Title,
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(made.ApplyTo(root))),
                        equivalenceKey: $"{diagnostic.Id}:{repair.Kind}:{repair.Value}"),
                    diagnostic);
            }
        }
    }
}
