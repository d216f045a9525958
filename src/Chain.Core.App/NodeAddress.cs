using System.CommandLine;
using System.Globalization;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.Rpc.Client;

namespace Chain.Core.App;

/// <summary>Which running node a verb asks: the one that <c>--rpc</c> names, else the one of the folder.</summary>
internal sealed class NodeAddress(VerbScope scope)
{
    private readonly Option<string?> _rpc = new("--rpc") { Description = "the address of a node's RPC server, such as http://127.0.0.1:8645" };

    public void AddTo(Command command) => command.Options.Add(_rpc);

    /// <summary>The address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public Uri Read(ParseResult parsed)
    {
        if (parsed.GetValue(_rpc) is not { } text)
        {
            return OfHome(parsed);
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new UsageException(FaultCode.Value, $"--rpc: '{text}' is not a value that it takes", "an address such as http://127.0.0.1:8645");
    }

    /// <summary>A client of that node.</summary>
    public RpcClient Connect(ParseResult parsed) => new(Read(parsed));

    private Uri OfHome(ParseResult parsed)
    {
        NodeHome home = NodeHome.Of(scope, parsed);
        RpcSection rpc = File.Exists(home.ConfigFile) ? SettingsReader.Read(SettingsSource.Open(home, scope, [])).Rpc : new RpcSection();
        return rpc.Port != 0 && rpc.Enabled
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{Loopback(rpc.Address)}:{rpc.Port}/"))
            : throw new UsageException(FaultCode.NodeUnreachable, "the configuration does not say where the node serves RPC", null, "say --rpc URL");
    }

    /// <summary>A node that listens everywhere is asked at home.</summary>
    private static string Loopback(string address) => address switch
    {
        "0.0.0.0" => "127.0.0.1",
        "::" => "[::1]",
        _ => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address,
    };
}
