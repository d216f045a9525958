using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>Something that breaks a rule if a state transition reaches it.</summary>
internal sealed class Finding(Rule rule, SyntaxNode syntax, string what, string instead, Repair? repair = null)
{
    public Rule Rule { get; } = rule;

    /// <summary>For code of a module itself.</summary>
    public Diagnostic ToDiagnostic() => ToDiagnostic(Rule.Direct, "");

    /// <summary>For code that a module reaches.</summary>
    /// <param name="path">From the module to the code, as <c>GuestbookModule.OnSign</c>.</param>
    public Diagnostic ToReachedDiagnostic(string path) => ToDiagnostic(Rule.Reached, $" (reached from {path})");

    private Diagnostic ToDiagnostic(DiagnosticDescriptor descriptor, string path) => Diagnostic.Create(
        descriptor,
        syntax.GetLocation(),
        repair?.ToProperties() ?? ImmutableDictionary<string, string?>.Empty,
        what,
        instead,
        path);
}
