using System.Collections;

namespace Chain.Core.App;

/// <summary>What surrounds a command: its streams, its environment, and the user's own folder. Tests bring their own.</summary>
public sealed record Terminal
{
    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where mistakes and the log go.</summary>
    public required TextWriter Errors { get; init; }

    /// <summary>Where passphrases and transactions may come from.</summary>
    /// <value>Empty by default.</value>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Asks for a secret that is not shown; null where nobody can be asked.</summary>
    /// <value>Null by default.</value>
    public Func<string, string>? AskSecret { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal, on which a line may change.</summary>
    /// <value>False by default.</value>
    public bool IsInteractive { get; init; }

    /// <summary>The variables of the environment.</summary>
    /// <value>None by default.</value>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's own folder, in which nodes live unless it is said where.</summary>
    /// <value>The folder for temporary files by default, so that no test writes into anybody's home.</value>
    public string UserFolder { get; init; } = Path.GetTempPath();

    /// <summary>The terminal of this process.</summary>
    public static Terminal Of(TextWriter output, TextWriter errors) => new()
    {
        Output = output,
        Errors = errors,
        Input = Console.In,
        AskSecret = Console.IsInputRedirected ? null : SecretPrompt.Ask,
        IsInteractive = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected,
        Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        UserFolder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
    };
}
