using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>What a chain executes: its modules, signature schemes and limits. Immutable; shared by all jobs and threads.</summary>
public sealed class LedgerDefinition
{
    private static readonly HashDomain RulesDomain = new("chain-core/ledger-rules/v1");

    private readonly Dictionary<string, Module> _byName = new(StringComparer.Ordinal);
    private readonly Module[] _modules;

    /// <summary>A chain of these modules; <see cref="AccountsModule"/> and <see cref="ChainModule"/> are added.</summary>
    /// <param name="modules">In any order; names must differ.</param>
    /// <param name="schemes">The signature schemes that senders may use; Ed25519 by default.</param>
    /// <param name="limits">What transactions and blocks may cost.</param>
    /// <exception cref="ArgumentException">Two modules have one name or one duty of which a chain has only one, or a limit is out of its range.</exception>
    public LedgerDefinition(IEnumerable<Module> modules, SignatureSchemes? schemes = null, LedgerLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(modules);
        Schemes = schemes ?? SignatureSchemes.Default;
        Limits = limits ?? LedgerLimits.Default;
        Limits.Check();
        Module[] given = [.. modules, Accounts, Chain];
        string[] names = ModuleNames.Sort(given.Select(static module => module.Name));
        foreach (Module module in given)
        {
            _byName.Add(module.Name, module);
        }

        _modules = [.. names.Select(name => _byName[name])];
        FeeModule = OnlyOne<IFeeModule>("Two modules take fees.", nameof(modules));
        Validators = OnlyOne<IValidatorSource>("Two modules name the validators.", nameof(modules));
        Evidence = OnlyOne<IEvidenceModule>("Two modules take evidence.", nameof(modules));
        BlockModules = [.. _modules.OfType<IBlockModule>()];
        RulesHash = HashRules(names);
    }

    /// <summary>All modules, in the order of the state root.</summary>
    public IReadOnlyList<Module> Modules => _modules;

    /// <summary>The signature schemes that senders may use.</summary>
    public SignatureSchemes Schemes { get; }

    /// <summary>What transactions and blocks may cost.</summary>
    public LedgerLimits Limits { get; }

    /// <summary>The nonces.</summary>
    public AccountsModule Accounts { get; } = new();

    /// <summary>What the chain is.</summary>
    public ChainModule Chain { get; } = new();

    /// <summary>What fees are paid with, or null where the chain takes none.</summary>
    public IFeeModule? FeeModule { get; }

    /// <summary>Who votes, or null for engines without validators.</summary>
    public IValidatorSource? Validators { get; }

    /// <summary>Where offences against consensus are reported, or null where nobody takes them.</summary>
    public IEvidenceModule? Evidence { get; }

    /// <summary>Whether blocks must be executed with what <see cref="IHeaderRules.ActivityBefore"/> tells.</summary>
    public bool UsesActivity => BlockModules.Count > 0;

    /// <summary>The modules that end each block, in the order of their names.</summary>
    internal IReadOnlyList<IBlockModule> BlockModules { get; }

    /// <summary>Stands for the limits and the names of the modules; the genesis commits to it.</summary>
    public Hash256 RulesHash { get; }

    /// <summary>The module of this type.</summary>
    /// <exception cref="InvalidOperationException">The chain has none.</exception>
    public TModule Get<TModule>()
        where TModule : class =>
        _modules.OfType<TModule>().FirstOrDefault()
        ?? throw new InvalidOperationException($"The chain has no module of the type {typeof(TModule).Name}.");

    /// <summary>Whether a module of this chain takes this call: it exists and its arguments decode.</summary>
    public bool Accepts(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Find(call.Module) is { } module && module.Accepts(call);
    }

    internal Module? Find(string module) => _byName.GetValueOrDefault(module);

    private TModule? OnlyOne<TModule>(string complaint, string parameter)
        where TModule : class
    {
        TModule[] found = [.. _modules.OfType<TModule>()];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new ArgumentException(complaint, parameter);
    }

    private Hash256 HashRules(string[] names)
    {
        var writer = new WireWriter().ArrayHeader(2).ArrayHeader(names.Length);
        foreach (string name in names)
        {
            writer.String(name);
        }

        Limits.Append(writer);
        return RulesDomain.Hash(writer.Written.Span);
    }
}
