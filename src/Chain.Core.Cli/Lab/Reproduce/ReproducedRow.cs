namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>One row of a reproduction.</summary>
/// <param name="Line">The row of the Markdown table.</param>
/// <param name="Measure">What <see cref="IReproduction.Summarize"/> wants to know of it.</param>
/// <param name="At">Where on the horizontal axis that is, for a reproduction that draws lines.</param>
/// <param name="Series">On which line.</param>
internal sealed record ReproducedRow(string Line, double Measure = double.NaN, double At = double.NaN, string Series = "");
