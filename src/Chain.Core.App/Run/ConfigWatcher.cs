using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.App.Log;
using Chain.Core.Rpc;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Chain.Core.App.Run;

/// <summary>
/// Follows <c>config.json</c> of a running node: a new log level and new limits of the RPC server take effect at once, any other
/// change is told to need a restart, and a file that is not good is told and ignored.
/// </summary>
internal sealed class ConfigWatcher : IDisposable
{
    private readonly Lock _gate = new();
    private readonly NodePlan _plan;
    private readonly NodeHome _home;
    private readonly VerbScope _scope;
    private readonly IReadOnlyList<string> _assignments;
    private readonly TerminalLoggerProvider _log;
    private readonly RpcServer? _rpc;
    private readonly ILogger _logger;
    private readonly PhysicalFileProvider _files;
    private readonly IDisposable _changes;
    private Dictionary<string, string> _known;

    public ConfigWatcher(
        NodePlan plan, VerbScope scope, IReadOnlyList<string> assignments, TerminalLoggerProvider log, RpcServer? rpc, ILogger logger)
    {
        _plan = plan;
        _home = plan.Home;
        _rpc = rpc;
        _scope = scope;
        _assignments = assignments;
        _log = log;
        _logger = logger;
        _known = TextsOf(plan.Settings);
        _files = new PhysicalFileProvider(_home.Folder);
        _changes = ChangeToken.OnChange(() => _files.Watch(Path.GetFileName(_home.ConfigFile)), OnChanged);
    }

    public void Dispose()
    {
        _changes.Dispose();
        _files.Dispose();
    }

    private void OnChanged()
    {
        lock (_gate)
        {
            try
            {
                Take(SettingsReader.Read(SettingsSource.Open(_home, _scope, _assignments)));
            }
            catch (UsageException wrong)
            {
                RunLog.ReloadRefused(_logger, wrong.Code, wrong.Message);
            }
            catch (RpcConfigurationException wrong)
            {
                RunLog.ReloadRefused(_logger, FaultCode.Value, wrong.Message);
            }
            catch (IOException)
            {
                // The file is being written: another change follows.
            }
        }
    }

    private void Take(NodeSettings settings)
    {
        Dictionary<string, string> now = TextsOf(settings);
        ConfigKey[] changed = [.. ConfigKey.All.Where(key => now[key.Path] != _known[key.Path])];
        bool changesLimits = changed.Any(static key => key is { Section: nameof(NodeSettings.Rpc), TakesEffectAtOnce: true });
        if (changesLimits && _rpc is not null && (_plan with { Settings = settings }).RpcOptions() is { } limits)
        {
            _rpc.ChangeLimits(limits); // first, as it may refuse
        }

        if (_log.Least != settings.Logging.Level)
        {
            _log.Least = settings.Logging.Level;
            RunLog.LevelChanged(_logger, settings.Logging.Level);
        }

        foreach (ConfigKey key in changed)
        {
            if (!key.TakesEffectAtOnce)
            {
                RunLog.NeedsRestart(_logger, key.Path, _known[key.Path], now[key.Path]);
            }
            else if (key.Section == nameof(NodeSettings.Rpc) && _rpc is not null)
            {
                RunLog.LimitChanged(_logger, key.Path, now[key.Path]);
            }
        }

        _known = now;
    }

    private static Dictionary<string, string> TextsOf(NodeSettings settings) => ConfigKey.All.ToDictionary(
        static key => key.Path,
        key => ConfigSchema.ValueOf(key.ValueIn(settings))?.ToJsonString() ?? "null");
}
