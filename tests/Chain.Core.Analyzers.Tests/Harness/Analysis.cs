using System.Collections.Concurrent;
using System.Collections.Immutable;
using Chain.Core.Ledger;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chain.Core.Analyzers.Tests.Harness;

/// <summary>Compiles code against .NET and Chain.Core.Ledger as they are here, and asks the analyzer.</summary>
internal static class Analysis
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    public static CSharpCompilationOptions CompilationOptions { get; } = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    public static IReadOnlyList<MetadataReference> References { get; } = FindReferences();

    /// <summary>What the analyzer says of code that must compile.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> OfAsync(params string[] files)
    {
        CSharpCompilation compilation = Compile(files);
        Assert.Empty(compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error));
        return await OfAsync(compilation);
    }

    /// <summary>What the analyzer says of code that need not compile. It never throws.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> OfAsync(CSharpCompilation compilation)
    {
        var thrown = new ConcurrentQueue<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            (exception, _, _) => thrown.Enqueue(exception.ToString()),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var analysed = new CompilationWithAnalyzers(compilation, [new StateTransitionAnalyzer()], options);
        ImmutableArray<Diagnostic> found = await analysed.GetAnalyzerDiagnosticsAsync();
        Assert.Empty(thrown);
        return [.. found.OrderBy(each => each.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(each => each.Location.SourceSpan)];
    }

    /// <summary>Checks that exactly the marked code breaks the rule, and nothing breaks another.</summary>
    public static async Task AssertFindsAsync(string id, string markedCode)
    {
        Marked marked = Marked.Parse(markedCode);

        IReadOnlyList<Diagnostic> found = await OfAsync(marked.Code);

        Assert.Equal(
            marked.Spans.Select(span => $"{id} {marked.Code.Substring(span.Start, span.Length)}"),
            found.Select(each => $"{each.Id} {marked.Code.Substring(each.Location.SourceSpan.Start, each.Location.SourceSpan.Length)}"));
    }

    public static CSharpCompilation Compile(params IEnumerable<string> files) => CSharpCompilation.Create(
        "Subject",
        files.Select((code, index) => CSharpSyntaxTree.ParseText(code, ParseOptions, path: $"File{index}.cs")),
        References,
        CompilationOptions);

    private static List<MetadataReference> FindReferences()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string own = Path.GetDirectoryName(typeof(Module).Assembly.Location)!;
        string[] chain = ["Chain.Core.Crypto", "Chain.Core.Wire", "Chain.Core.Machines", "Chain.Core.Consensus", "Chain.Core.Ledger"];
        return
        [
            .. Directory.EnumerateFiles(framework, "System*.dll").Where(IsManaged).Select(ReferenceTo),
            .. chain.Select(name => ReferenceTo(Path.Combine(own, name + ".dll"))),
        ];
    }

    private static MetadataReference ReferenceTo(string path) => MetadataReference.CreateFromFile(path);

    private static bool IsManaged(string path) => !Path.GetFileName(path).Contains("Native", StringComparison.Ordinal);
}
