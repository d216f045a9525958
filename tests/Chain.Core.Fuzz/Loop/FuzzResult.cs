namespace Chain.Core.Fuzz;

/// <summary>How a target fared.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Inputs">Inputs run.</param>
/// <param name="Accepted">How many the decoder took.</param>
/// <param name="ProcessorSeconds">Time on a core, compiling included.</param>
/// <param name="Corpus">Inputs kept because they reached something new.</param>
/// <param name="Edges">Different edges of the instrumented code that were taken.</param>
/// <param name="SlowestMilliseconds">The longest input, by the clock.</param>
/// <param name="Findings">Kinds of findings.</param>
internal sealed record FuzzResult(
    string Target, long Inputs, long Accepted, double ProcessorSeconds, int Corpus, int Edges, double SlowestMilliseconds, int Findings);
