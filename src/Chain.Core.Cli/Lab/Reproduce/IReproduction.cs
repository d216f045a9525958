namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>A known result that is simulated once more, row by row.</summary>
internal interface IReproduction
{
    string Name { get; }

    /// <summary>The head of a Markdown table.</summary>
    string Header { get; }

    /// <summary>The rows, each of which may take a while, for an effort of 1 or more.</summary>
    IReadOnlyList<Func<CancellationToken, ReproducedRow>> Rows(int effort);

    /// <summary>What all rows together say; empty where that is nothing.</summary>
    string Summarize(IReadOnlyList<ReproducedRow> rows) => "";
}
