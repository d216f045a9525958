namespace Chain.Core.Fuzz;

/// <summary>A rule that an input broke.</summary>
/// <param name="Kind">The same for findings with one cause, as far as that can be told.</param>
/// <param name="Details">For whoever repairs it.</param>
internal sealed record Finding(string Kind, string Details)
{
    public static Finding Of(Exception exception)
    {
        string? place = exception.StackTrace?.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => exception is not OracleException || !line.Contains(nameof(Oracle), StringComparison.Ordinal));
        string kind = exception is OracleException ? exception.Message : $"{exception.GetType().Name} {place}";
        return new Finding(kind, exception.ToString());
    }

    public override string ToString() => $"{Kind}{Environment.NewLine}{Details}";
}
