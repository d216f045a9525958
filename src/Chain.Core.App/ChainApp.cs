using System.CommandLine;
using Chain.Core.App.Checkpoints;
using Chain.Core.App.Completion;
using Chain.Core.App.Configuration;
using Chain.Core.App.Dev;
using Chain.Core.App.Doctor;
using Chain.Core.App.Errors;
using Chain.Core.App.Explain;
using Chain.Core.App.Init;
using Chain.Core.App.Keys;
using Chain.Core.App.Replay;
using Chain.Core.App.Run;
using Chain.Core.App.Status;
using Chain.Core.App.Testnet;
using Chain.Core.App.Transactions;
using Chain.Core.Crypto;
using Chain.Core.Ledger;
using Chain.Core.Protocol;

namespace Chain.Core.App;

/// <summary>
/// The program of a chain: gives its <c>Main</c> the operator's verbs. The chain stands in code (<see cref="Define"/>), or each
/// node reads it from the <c>genesis.json</c> of its folder.
/// </summary>
/// <example><code>return await new ChainApp("mars") { Define = ChainSpec.Define }.RunAsync(args);</code></example>
/// <param name="name">
/// The name of the program as it is typed. Nodes live in <c>~/.name</c> unless it is said where, and variables of the
/// environment begin with it in capitals.
/// </param>
public sealed class ChainApp(string name)
{
    /// <summary>How long a verb may take to end well after Ctrl+C or SIGTERM: a node closes its store.</summary>
    internal static readonly TimeSpan StopTime = TimeSpan.FromSeconds(60);

    private readonly List<Func<VerbScope, Command>> _verbs = [];

    /// <summary>The name of the program.</summary>
    public string Name => name;

    /// <summary>One sentence for <c>--help</c>.</summary>
    public string Description { get; init; } = $"A node of the chain {name}, and what its operator needs.";

    /// <summary>The chain, where its modules and its genesis stand in code; the same at each call.</summary>
    /// <value>Null by default: each node has a <c>genesis.json</c>.</value>
    public Func<ChainDefinition>? Define { get; init; }

    /// <summary>The modules that a chain of a <c>genesis.json</c> has beside the token and, with proof of stake, staking.</summary>
    /// <value>None by default.</value>
    public Func<IReadOnlyList<Module>> Modules { get; init; } = static () => [];

    /// <summary>What a passphrase costs to try; tests take a cheap one.</summary>
    internal KeystoreKdf KeyCost { get; init; } = KeystoreKdf.Default;

    /// <summary>Adds a verb of the program's own.</summary>
    public ChainApp Add(Func<VerbScope, Command> verb)
    {
        ArgumentNullException.ThrowIfNull(verb);
        _verbs.Add(verb);
        return this;
    }

    /// <summary>The command line with every verb.</summary>
    public RootCommand CreateRoot(Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        return CreateRoot(new VerbScope(this, terminal));
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>0 for success, 1 for a result that is not as wanted, 78 for a wrong command line, file or key, 130 where it was broken off.</returns>
    public Task<int> RunAsync(string[] args) => RunAsync(args, Terminal.Of(Console.Out, Console.Error));

    /// <summary>Runs a command line in the surroundings of the caller.</summary>
    /// <inheritdoc cref="RunAsync(string[])" path="/returns"/>
    public async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(terminal);
        var scope = new VerbScope(this, terminal);
        ParseResult parsed = CreateRoot(scope).Parse(args);
        var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime };
        try
        {
            return parsed.Errors.Count == 0
                ? await parsed.InvokeAsync(invocation, cancellation).ConfigureAwait(false)
                : throw UsageException.Of(parsed, name);
        }
        catch (OperationCanceledException)
        {
            terminal.Errors.WriteLine("stopped");
            return 130;
        }
        catch (Exception fault) when (Faults.Explain(fault) is { } wrong)
        {
            if (scope.IsJson(parsed))
            {
                wrong.PrintJson(terminal.Errors);
            }
            else
            {
                wrong.Print(terminal.Errors);
            }

            return wrong.ExitCode;
        }
    }

    private RootCommand CreateRoot(VerbScope scope)
    {
        var root = new RootCommand(Description);
        root.Options.Add(scope.Home);
        root.Options.Add(scope.Json);
        root.Subcommands.Add(InitVerb.Create(scope));
        root.Subcommands.Add(KeysVerb.Create(scope));
        root.Subcommands.Add(RunVerb.Create(scope));
        root.Subcommands.Add(StatusVerb.Create(scope));
        root.Subcommands.Add(TxVerb.Create(scope));
        root.Subcommands.Add(CheckpointVerb.Create(scope));
        root.Subcommands.Add(ReplayVerb.Create(scope));
        root.Subcommands.Add(DoctorVerb.Create(scope));
        root.Subcommands.Add(ConfigVerb.Create(scope));
        root.Subcommands.Add(DevVerb.Create(scope));
        root.Subcommands.Add(DevSendVerb.Create(scope));
        root.Subcommands.Add(TestnetVerb.Create(scope));
        root.Subcommands.Add(ExplainVerb.Create(scope));
        root.Subcommands.Add(CompletionVerb.Create(scope));
        foreach (Func<VerbScope, Command> verb in _verbs)
        {
            root.Subcommands.Add(verb(scope));
        }

        return root;
    }
}
