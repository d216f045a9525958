using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Chain.Core.App.Home;
using Microsoft.Extensions.Configuration;

namespace Chain.Core.App.Configuration;

/// <summary><c>config check|show|schema</c>.</summary>
internal static class ConfigVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("config", "Checks and shows what the node would run with.");
        command.Subcommands.Add(Check(scope));
        command.Subcommands.Add(Show(scope));
        command.Subcommands.Add(Schema(scope));
        return command;
    }

    private static Command Check(VerbScope scope)
    {
        var command = new Command("check", "Reads every source of the configuration; exit code 78 and a reason where a key or a value is wrong.");
        Option<string[]> set = CommonOptions.Set();
        command.Options.Add(set);
        command.SetAction(parsed =>
        {
            NodeHome home = NodeHome.Of(scope, parsed);
            SettingsReader.Read(SettingsSource.Open(home, scope, parsed.GetValue(set)!));
            scope.Answer(parsed, new JsonObject { ["file"] = home.ConfigFile, ["good"] = true }, output => output.WriteLine($"{home.ConfigFile} is good"));
            return 0;
        });
        return command;
    }

    private static Command Show(VerbScope scope)
    {
        var command = new Command("show", "Lists every key with its value and where that comes from; * marks keys whose change takes effect at once.");
        Option<string[]> set = CommonOptions.Set();
        command.Options.Add(set);
        command.SetAction(parsed =>
        {
            IConfigurationRoot configuration = SettingsSource.Open(NodeHome.Of(scope, parsed), scope, parsed.GetValue(set)!);
            NodeSettings settings = SettingsReader.Read(configuration);
            foreach (ConfigKey key in ConfigKey.All)
            {
                JsonNode? value = ConfigSchema.ValueOf(key.ValueIn(settings));
                string origin = SettingsSource.OriginOf(configuration, key);
                scope.Answer(
                    parsed,
                    new JsonObject { ["key"] = key.Path, ["value"] = value?.DeepClone(), ["from"] = origin, ["atOnce"] = key.TakesEffectAtOnce },
                    output => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Path + (key.TakesEffectAtOnce ? "*" : ""),-25} {value?.ToJsonString(),-20} {origin}")));
            }

            return 0;
        });
        return command;
    }

    private static Command Schema(VerbScope scope)
    {
        var command = new Command("schema", "Prints the JSON schema of config.json.");
        command.SetAction(parsed =>
        {
            string schema = ConfigSchema.Text();
            scope.Answer(parsed, JsonNode.Parse(schema)!, output => output.WriteLine(schema));
            return 0;
        });
        return command;
    }
}
