using System.Text.Json.Nodes;
using Chain.Core.App.Log;
using Microsoft.Extensions.Logging;

namespace Chain.Core.App.Tests.Log;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Text_MessageAndFaultWithLineBreaks_IsOneLine() => Assert.Equal(
        "2026-11-23T15:00:00.000Z fail a b: c d",
        LogLine.Text(Time, LogLevel.Error, "a\nb", new IOException("c\r\nd")));

    [Fact]
    public void Json_ValuesOfTheEvent_KeepTheirKinds()
    {
        string line = LogLine.Json(
            Time, LogLevel.Information, "Chain.Core", 1001, "#7 \"x\"\n", [new("Height", 7UL), new("Block", "ab"), new("{OriginalFormat}", "#{Height}")], null);

        JsonNode json = JsonNode.Parse(line)!;
        Assert.DoesNotContain('\n', line);
        Assert.Equal((7, "ab", 1001, "#7 \"x\"\n"), ((int)json["@Height"]!, (string)json["@Block"]!, (int)json["event"]!, (string)json["message"]!));
        Assert.Null(json["@{OriginalFormat}"]);
    }
}
