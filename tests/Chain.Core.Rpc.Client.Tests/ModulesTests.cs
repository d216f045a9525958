using System.Net;
using System.Text;
using Chain.Core.Ledger;
using Chain.Core.Rpc.Tests;
using CsCheck;

namespace Chain.Core.Rpc.Client.Tests;

/// <summary>What a server says of its chain's modules: read as the modules say it, and never worse than refused.</summary>
public sealed class ModulesTests
{
    private const string Good =
        """{"result":{"modules":[{"name":"m","methods":[{"name":"f","shape":{"kind":"tuple","fields":[{"name":"a","shape":{"kind":"uint","bits":64}},{"name":"b","shape":{"kind":"list","max":3,"element":{"kind":"text","max":9}}}]}}],"events":[],"maps":[{"name":"x","key":{"kind":"address"},"value":{"kind":"bool"}}],"values":[]}]}}""";

    [Fact]
    public async Task Modules_OfAServer_AreWhatTheyDeclare()
    {
        await using Served served = await Served.StartAsync(TestChain.StartAsync());

        IReadOnlyList<ModuleDescription> modules = await served.Client.GetModulesAsync();

        ModuleDescription own = TestChain.Token.Describe();
        ModuleDescription token = modules.Single(module => module.Name == own.Name);
        Assert.Equal(own.Methods.Select(Text), token.Methods.Select(Text));
        Assert.Equal(own.Events.Select(Text), token.Events.Select(Text));
        Assert.Equal(own.Maps.Select(static map => (map.Name, Text(map.Key), Text(map.Value))), token.Maps.Select(static map => (map.Name, Text(map.Key), Text(map.Value))));
        Assert.Equal(own.Values.Select(Text), token.Values.Select(Text));
    }

    [Fact]
    public async Task Modules_OfAKindFromTheFuture_AreOpaque() =>
        Assert.IsType<ValueShape.Opaque>((await ReadAsync(Good.Replace("\"text\"", "\"colour\"", StringComparison.Ordinal)))[0].Methods[0].Shape
            is ValueShape.Tuple tuple ? ((ValueShape.List)tuple.Fields[1].Shape).Element : null);

    [Theory]
    [InlineData("\"bits\":64", "\"bits\":65")]
    [InlineData("\"bits\":64", "\"bits\":0")]
    [InlineData("\"bits\":64", "\"bits\":\"64\"")]
    [InlineData("\"bits\":64", "\"bits\":1e99")]
    [InlineData("\"max\":3", "\"max\":-1")]
    [InlineData("\"max\":3", "\"max\":3.5")]
    [InlineData("\"max\":3", "\"min\":3")]
    [InlineData("\"element\":{\"kind\":\"text\",\"max\":9}", "\"element\":[]")]
    [InlineData("\"kind\":\"tuple\"", "\"kind\":5")]
    [InlineData("\"kind\":\"tuple\"", "\"kind\":\"\\ud800\"")]
    [InlineData("\"kind\":\"uint\",", "")]
    [InlineData("\"name\":\"a\"", "\"name\":null")]
    [InlineData("\"name\":\"f\"", "\"title\":\"f\"")]
    [InlineData("\"maps\":[", "\"maps\":[null,")]
    [InlineData("\"events\":[", "\"events\":[null")]
    [InlineData("\"modules\":[", "\"modules\":[null,")]
    [InlineData("{\"kind\":\"address\"}", "null")]
    public async Task Modules_ThatMakeNoSense_AreAProtocolFault(string good, string wrong)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        await Assert.ThrowsAsync<RpcProtocolException>(() => ReadAsync(Good.Replace(good, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Modules_NestedWithoutEnd_AreAProtocolFault()
    {
        string shape = string.Concat(Enumerable.Repeat("""{"kind":"list","max":1,"element":""", 10_000));

        await Assert.ThrowsAsync<RpcProtocolException>(() => ReadAsync($$"""{"result":{"modules":[{"name":"m","methods":[{"name":"f","shape":{{shape}}"""));
    }

    [Fact]
    public void Modules_WithBytesChanged_AreReadOrRefused() => Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Char[' ', '~'], Gen.Bool).Array[1, 3].Sample(changes =>
    {
        var text = new StringBuilder(Good);
        foreach ((int place, char letter, bool isRemoved) in changes.Where(change => change.Item1 < text.Length))
        {
            text.Remove(place, 1);
            if (!isRemoved)
            {
                text.Insert(place, letter);
            }
        }

        try
        {
            return ReadAsync(text.ToString()).GetAwaiter().GetResult() is not null;
        }
        catch (RpcProtocolException)
        {
            return true;
        }
        catch (RpcException)
        {
            return text.ToString().Contains("error", StringComparison.Ordinal);
        }
    });

    private static string Text(ValueField field) => $"{field.Name}: {Text(field.Shape)}";

    private static string Text(ValueShape shape) => shape switch
    {
        ValueShape.Tuple tuple => $"({string.Join(", ", tuple.Fields.Select(Text))})",
        ValueShape.List list => $"{list.MaxCount} of {Text(list.Element)}",
        _ => shape.ToString(),
    };

    private static async Task<IReadOnlyList<ModuleDescription>> ReadAsync(string answer)
    {
        using var client = new RpcClient(new Uri("http://127.0.0.1:1"), null, new Canned(answer));
        return await client.GetModulesAsync();
    }

    private sealed class Canned(string answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/json") });
    }
}
