using System.Net;
using Chain.Core.App.Errors;
using Chain.Core.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Chain.Core.App.Configuration;

/// <summary>Binds settings and holds them to what their classes state, and to what no attribute can say.</summary>
internal static class SettingsReader
{
    /// <summary>The settings of a configuration whose keys are known.</summary>
    /// <exception cref="UsageException">A value is out of its range.</exception>
    public static NodeSettings Read(IConfiguration configuration)
    {
        NodeSettings settings = configuration.Get<NodeSettings>() ?? new NodeSettings();
        ValidateOptionsResult result = new NodeSettingsValidator().Validate(null, settings);
        if (result.Failed)
        {
            throw OutOfRange(configuration, result.Failures.First());
        }

        RequireAddress("P2P:Address", settings.P2P.Address, mayBeEmpty: true);
        RequireAddress("Rpc:Address", settings.Rpc.Address);
        RequireAddress("Metrics:Address", settings.Metrics.Address);
        RequirePeers("P2P:Connect", settings.P2P.Connect);
        RequirePeers("P2P:Advertise", settings.P2P.Advertise.Length > 0 ? [settings.P2P.Advertise] : []);
        return settings;
    }

    /// <summary>A failure reads "Port: a port from 0 to 65535", with the property's name before the colon.</summary>
    private static UsageException OutOfRange(IConfiguration configuration, string failure)
    {
        string[] parts = failure.Split(": ", 2);
        ConfigKey? key = ConfigKey.All.FirstOrDefault(each => parts[0].EndsWith($"{each.Section}.{each.Property.Name}", StringComparison.Ordinal))
            ?? ConfigKey.All.FirstOrDefault(each => parts[0].EndsWith(each.Property.Name, StringComparison.Ordinal) && configuration[each.Path] is not null);
        return new UsageException(FaultCode.Value, $"{key?.Path ?? parts[0]}: '{(key is null ? "" : configuration[key.Path])}' is not a value that it takes", parts[^1]);
    }

    private static void RequireAddress(string path, string text, bool mayBeEmpty = false)
    {
        if (!(mayBeEmpty && text.Length == 0) && !IPAddress.TryParse(text, out _))
        {
            throw new UsageException(FaultCode.Value, $"{path}: '{text}' is not a value that it takes", "an IP address such as 127.0.0.1");
        }
    }

    private static void RequirePeers(string path, IEnumerable<string> texts)
    {
        if (texts.FirstOrDefault(static text => !PeerAddress.TryParse(text, out _)) is { } wrong)
        {
            throw new UsageException(FaultCode.Value, $"{path}: '{wrong}' is not a value that it takes", "a host and a port such as seed.example:7000");
        }
    }
}
