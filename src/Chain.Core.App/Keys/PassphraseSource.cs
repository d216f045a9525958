using System.CommandLine;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;

namespace Chain.Core.App.Keys;

/// <summary>Where the passphrase of a key comes from: a file, standard input, or a prompt. Never the command line, which others can read.</summary>
internal sealed class PassphraseSource(VerbScope scope)
{
    private const int MinLength = 8;

    private readonly Option<string?> _file = new("--passphrase-file") { Description = "a file, mode 0600, whose first line is the passphrase" };
    private readonly Option<bool> _stdin = new("--passphrase-stdin") { Description = "the passphrase is the first line of standard input" };

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_stdin);
    }

    /// <summary>The passphrase of a key that is there.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="question">What is asked at a prompt.</param>
    /// <param name="fallback">A file that the configuration names; empty for none.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public string Read(ParseResult parsed, string question, string fallback = "")
    {
        if (parsed.GetValue(_file) is { } file)
        {
            return SecretFile.Read(file, FaultCode.Passphrase);
        }

        if (parsed.GetValue(_stdin))
        {
            return scope.Terminal.Input.ReadLine() is { Length: > 0 } line ? line : throw new UsageException(FaultCode.Passphrase, "standard input has no passphrase");
        }

        if (fallback.Length > 0)
        {
            return SecretFile.Read(fallback, FaultCode.Passphrase);
        }

        return scope.Terminal.AskSecret?.Invoke(question)
            ?? throw new UsageException(FaultCode.Passphrase, "a passphrase is needed and nobody can be asked", "--passphrase-file FILE or --passphrase-stdin");
    }

    /// <summary>The passphrase of a new key; at a prompt it is asked for twice.</summary>
    public string ReadNew(ParseResult parsed)
    {
        string passphrase = Read(parsed, "passphrase of the new key");
        if (passphrase.Length < MinLength)
        {
            throw new UsageException(FaultCode.Passphrase, "the passphrase is too short", $"at least {MinLength} characters");
        }

        bool isAsked = parsed.GetValue(_file) is null && !parsed.GetValue(_stdin);
        return !isAsked || Read(parsed, "the same again") == passphrase
            ? passphrase
            : throw new UsageException(FaultCode.Passphrase, "the two passphrases are not the same");
    }
}
