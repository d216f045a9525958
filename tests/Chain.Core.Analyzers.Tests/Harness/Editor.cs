using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Chain.Core.Analyzers.Tests.Harness;

/// <summary>Applies what the code fix offers, as an editor does.</summary>
internal static class Editor
{
    /// <summary>The code after the first fix of its first finding, or the code itself where none is offered.</summary>
    public static async Task<string> ApplyAsync(string code)
    {
        using var workspace = new AdhocWorkspace();
        Document document = workspace.AddProject("Subject", LanguageNames.CSharp)
            .WithParseOptions(Analysis.ParseOptions)
            .WithCompilationOptions(Analysis.CompilationOptions)
            .AddMetadataReferences(Analysis.References)
            .AddDocument("Subject.cs", code);
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync())!;
        Diagnostic diagnostic = (await Analysis.OfAsync(compilation))[0];
        var offered = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), CancellationToken.None);
        await new StateTransitionCodeFix().RegisterCodeFixesAsync(context);
        if (offered.Count == 0)
        {
            return code;
        }

        IEnumerable<CodeActionOperation> operations = await offered[0].GetOperationsAsync(CancellationToken.None);
        ApplyChangesOperation change = Assert.Single(operations.OfType<ApplyChangesOperation>());
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
