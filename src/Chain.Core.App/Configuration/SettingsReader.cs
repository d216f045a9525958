using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using Chain.Core.App.Errors;
using Chain.Core.Wire;
using Microsoft.Extensions.Configuration;

namespace Chain.Core.App.Configuration;

/// <summary>Binds settings and holds them to what their classes state, and to what no attribute can say.</summary>
internal static class SettingsReader
{
    /// <summary>The settings of a configuration whose keys are known.</summary>
    /// <exception cref="UsageException">A value is out of its range.</exception>
    public static NodeSettings Read(IConfiguration configuration)
    {
        NodeSettings settings = Bind(configuration);
        if (new NodeSettingsValidator().Validate(null, settings).Failed)
        {
            throw OutOfRange(settings);
        }

        RequireAddress("P2P:Address", settings.P2P.Address, mayBeEmpty: true);
        RequireAddress("Rpc:Address", settings.Rpc.Address);
        RequireAddress("Metrics:Address", settings.Metrics.Address);
        RequireUrl("Tracing:Endpoint", settings.Tracing.Endpoint);
        RequirePeers("P2P:Connect", settings.P2P.Connect);
        RequirePeers("P2P:Advertise", settings.P2P.Advertise.Length > 0 ? [settings.P2P.Advertise] : []);
        return settings;
    }

    /// <summary>By the list of keys, and not by the library's binder: that reflects in ways that do not trim.</summary>
    private static NodeSettings Bind(IConfiguration configuration)
    {
        var settings = new NodeSettings();
        foreach (ConfigKey key in ConfigKey.All)
        {
            IConfigurationSection said = configuration.GetSection(key.Path);
            if (key.IsList)
            {
                key.Set(settings, [.. said.GetChildren().Select(static each => each.Value).OfType<string>()]);
            }
            else if (said.Value is { } text)
            {
                key.Set(settings, text);
            }
        }

        return settings;
    }

    /// <summary>Names the key: what the validator says has the name of the property only.</summary>
    private static UsageException OutOfRange(NodeSettings settings)
    {
        (ConfigKey key, ValidationAttribute rule) = ConfigKey.All
            .SelectMany(static key => key.Property.GetCustomAttributes<ValidationAttribute>(), static (key, rule) => (key, rule))
            .First(each => !each.rule.IsValid(each.key.ValueIn(settings)));
        return new UsageException(FaultCode.Value, $"{key.Path}: '{key.ValueIn(settings)}' is not a value that it takes", rule.ErrorMessage);
    }

    private static void RequireAddress(string path, string text, bool mayBeEmpty = false)
    {
        if (!(mayBeEmpty && text.Length == 0) && !IPAddress.TryParse(text, out _))
        {
            throw new UsageException(FaultCode.Value, $"{path}: '{text}' is not a value that it takes", "an IP address such as 127.0.0.1");
        }
    }

    private static void RequireUrl(string path, string text)
    {
        bool isUrl = Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
        if (text.Length > 0 && !isUrl)
        {
            throw new UsageException(FaultCode.Value, $"{path}: '{text}' is not a value that it takes", "a URL such as http://127.0.0.1:4317, or nothing");
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
