using System.Collections.Concurrent;
using Chain.Core.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Chain.Core.Consensus.ProofOfStake.Tests;

/// <summary>The sources of one of our projects, to be compiled again with some of them changed.</summary>
internal sealed class SourceProject
{
    private const string Shared = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Chain.Core.Consensus.ProofOfStake.Tests")]
        """;

    private static readonly ConcurrentDictionary<string, SourceProject> Projects = new();
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private readonly string _name;
    private readonly SortedDictionary<string, SyntaxTree> _trees = new(StringComparer.Ordinal);
    private readonly PortableExecutableReference[] _references;

    private SourceProject(string name)
    {
        _name = name;
        string root = Repository.PathOf("src", name);
        foreach (string path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string relative = $"{name}/{Path.GetRelativePath(root, path).Replace('\\', '/')}";
            _trees.Add(relative, CSharpSyntaxTree.ParseText(File.ReadAllText(path), Options, relative));
        }

        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        _references = [.. platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != name)
            .Select(path => MetadataReference.CreateFromFile(path))];
    }

    public static SourceProject Of(string name) => Projects.GetOrAdd(name, static name => new SourceProject(name));

    /// <summary>The assembly with these changes.</summary>
    public byte[] Compile(IEnumerable<Patch> patches)
    {
        var trees = new SortedDictionary<string, SyntaxTree>(_trees, StringComparer.Ordinal);
        foreach (Patch patch in patches)
        {
            trees[patch.File] = CSharpSyntaxTree.ParseText(patch.Apply(trees[patch.File].ToString()), Options, patch.File);
        }

        var compilation = CSharpCompilation.Create(
            _name,
            [.. trees.Values, CSharpSyntaxTree.ParseText(Shared, Options)],
            _references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                checkOverflow: true,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        using var bytes = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(bytes);
        return result.Success
            ? bytes.ToArray()
            : throw new InvalidOperationException(string.Join("; ", result.Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
    }
}
