using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Chain.Core.Analyzers;

/// <summary>
/// Finds what is not the same on every node, in modules (classes that derive from <c>Chain.Core.Ledger.Module</c> or
/// implement its interfaces) and in all code of the same project that they reach.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class StateTransitionAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<IDetector> Detectors =
    [
        new ForbiddenMemberDetector(),
        new FloatingPointDetector(),
        new HashOrderDetector(),
        new FormattingDetector(),
        new ComparisonDetector(),
        new SchedulingDetector(),
        new KeptStateDetector(),
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. StateTransitionRules.All.SelectMany(static rule => new[] { rule.Direct, rule.Reached })];

    public override void Initialize(AnalysisContext context)
    {
        // A generated transition parts the chain as well as a written one.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (ModuleTypes.TryFind(start.Compilation, start.CancellationToken) is { } modules)
            {
                Register(start, modules);
            }
        });
    }

    private static void Register(CompilationStartAnalysisContext start, ModuleTypes modules)
    {
        var reach = new ReachGraph(start.Compilation.Assembly);
        start.RegisterOperationAction(
            context => Inspect(context, modules, reach),
            Detectors.SelectMany(static each => each.Kinds).Concat(References.Kinds).Distinct().ToImmutableArray());
        start.RegisterCompilationEndAction(context =>
        {
            foreach (Diagnostic diagnostic in reach.Judge(modules, context.CancellationToken))
            {
                context.ReportDiagnostic(diagnostic);
            }
        });
    }

    private static void Inspect(OperationAnalysisContext context, ModuleTypes modules, ReachGraph reach)
    {
        if (context.Operation.IsOnlyNamed())
        {
            return;
        }

        ISymbol owner = ReachGraph.Canonical(context.ContainingSymbol);
        reach.AddReferences(owner, context.Operation);
        foreach (IDetector detector in Detectors)
        {
            if (detector.Kinds.Contains(context.Operation.Kind)
                && detector.Find(context.Operation, owner, modules) is { } finding)
            {
                if (modules.Contains(owner))
                {
                    context.ReportDiagnostic(finding.ToDiagnostic());
                }
                else
                {
                    reach.AddFinding(owner, finding);
                }
            }
        }
    }
}
