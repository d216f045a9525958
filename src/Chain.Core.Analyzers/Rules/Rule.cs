using Microsoft.CodeAnalysis;

namespace Chain.Core.Analyzers;

/// <summary>One rule, as two descriptors of one id: editors must know which diagnostics wait for the whole compilation.</summary>
internal sealed class Rule
{
    /// <param name="id">As <c>CC1001</c>.</param>
    /// <param name="severity">Error where no use is right, warning where some may be.</param>
    /// <param name="title">What is wrong, in one sentence.</param>
    /// <param name="message">{0} is the code, {1} what to use instead.</param>
    /// <param name="description">Why.</param>
    public Rule(string id, DiagnosticSeverity severity, string title, string message, string description)
    {
        Direct = Describe(id, severity, title, message + "{2}", description);
        Reached = Describe(id, severity, title, message + "{2}", description, WellKnownDiagnosticTags.CompilationEnd);
    }

    public string Id => Direct.Id;

    /// <summary>For code of a module, reported while it is typed.</summary>
    public DiagnosticDescriptor Direct { get; }

    /// <summary>For code that a module reaches, reported when the whole compilation is known.</summary>
    public DiagnosticDescriptor Reached { get; }

    private static DiagnosticDescriptor Describe(
        string id, DiagnosticSeverity severity, string title, string message, string description, params string[] tags) =>
        new(id, title, message, "Determinism", severity, isEnabledByDefault: true, description, HelpPages.UriOf(id), tags);
}
