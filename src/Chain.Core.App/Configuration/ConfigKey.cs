using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Chain.Core.App.Configuration;

/// <summary>A key of the configuration, as the classes of settings declare it.</summary>
internal sealed class ConfigKey
{
    private const int MaxText = 4096;

    private readonly Func<NodeSettings, object> _open;

    private ConfigKey(string section, Func<NodeSettings, object> open, PropertyInfo property)
    {
        Section = section;
        _open = open;
        Property = property;
        Default = property.GetValue(open(new NodeSettings()));
    }

    /// <summary>All keys, in the order of the classes.</summary>
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        .. Of(nameof(NodeSettings.Node), static settings => settings.Node),
        .. Of(nameof(NodeSettings.P2P), static settings => settings.P2P),
        .. Of(nameof(NodeSettings.Producer), static settings => settings.Producer),
        .. Of(nameof(NodeSettings.Rpc), static settings => settings.Rpc),
        .. Of(nameof(NodeSettings.Metrics), static settings => settings.Metrics),
        .. Of(nameof(NodeSettings.Tracing), static settings => settings.Tracing),
        .. Of(nameof(NodeSettings.Logging), static settings => settings.Logging),
    ];

    public string Section { get; }

    public PropertyInfo Property { get; }

    public object? Default { get; }

    /// <summary>As messages name it, such as <c>P2P:Port</c>.</summary>
    public string Path => $"{Section}:{Property.Name}";

    public string Description => Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    public bool IsList => Property.PropertyType == typeof(string[]);

    public bool TakesEffectAtOnce => Property.GetCustomAttribute<TakesEffectAtOnceAttribute>() is not null;

    /// <summary>The key that a path names, of a list also one of its places.</summary>
    public static ConfigKey? Find(string path) => All.FirstOrDefault(key =>
        key.Path.Equals(path, StringComparison.OrdinalIgnoreCase)
        || (key.IsList
            && path.StartsWith($"{key.Path}:", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(path.AsSpan(key.Path.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)));

    /// <summary>The value of the key in settings.</summary>
    public object? ValueIn(NodeSettings settings) => Property.GetValue(_open(settings));

    /// <summary>Sets the key in new settings to what a text says, which <see cref="FindObjection"/> has nothing against.</summary>
    public void Set(NodeSettings settings, string text) => Property.SetValue(_open(settings), Property.PropertyType switch
    {
        { IsEnum: true } type => Enum.Parse(type, text, ignoreCase: true),
        Type type when type == typeof(int) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        Type type when type == typeof(bool) => bool.Parse(text),
        _ => text,
    });

    /// <summary>Sets the key, which is a list.</summary>
    public void Set(NodeSettings settings, string[] texts) => Property.SetValue(_open(settings), texts);

    /// <summary>What a text would have to be to be bound; null where it can be.</summary>
    public string? FindObjection(string text)
    {
        Type type = Property.PropertyType;
        return type switch
        {
            _ when text.Length > MaxText => $"at most {MaxText} characters",
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
            _ when type == typeof(bool) => bool.TryParse(text, out _) ? null : "true or false",
            { IsEnum: true } => Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? null : string.Join(", ", Enum.GetNames(type)),
            _ => null,
        };
    }

    private static IEnumerable<ConfigKey> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string section, Func<NodeSettings, T> open)
        where T : class =>
        typeof(T).GetProperties().Select(property => new ConfigKey(section, open, property));
}
