using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Chain.Core.App.Configuration;

/// <summary>A key of the configuration, as the classes of settings declare it.</summary>
internal sealed class ConfigKey
{
    private const int MaxText = 4096;

    private readonly PropertyInfo _section;

    private ConfigKey(PropertyInfo section, PropertyInfo property, object defaults)
    {
        _section = section;
        Property = property;
        Default = property.GetValue(defaults);
    }

    /// <summary>All keys, in the order of the classes.</summary>
    public static IReadOnlyList<ConfigKey> All { get; } = Read();

    public string Section => _section.Name;

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
    public object? ValueIn(NodeSettings settings) => Property.GetValue(_section.GetValue(settings));

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

    private static List<ConfigKey> Read()
    {
        var defaults = new NodeSettings();
        return
        [
            .. from section in typeof(NodeSettings).GetProperties()
               from property in section.PropertyType.GetProperties()
               select new ConfigKey(section, property, section.GetValue(defaults)!),
        ];
    }
}
