using System.Net;
using System.Security.Cryptography;
using Chain.Core.App.Configuration;
using Chain.Core.App.Errors;
using Chain.Core.App.Home;
using Chain.Core.Consensus;
using Chain.Core.Crypto;
using Chain.Core.Node;
using Chain.Core.Protocol;
using Chain.Core.Rpc;
using Chain.Core.Storage.RocksDb;
using Chain.Core.Wire;

namespace Chain.Core.App.Run;

/// <summary>What is to run: settings made into the options of the node and of its servers.</summary>
internal sealed record NodePlan(NodeHome Home, NodeSettings Settings, ChainDefinition Chain, ProducerKey? Key)
{
    /// <summary>Where the data of the chain is.</summary>
    public string DataFolder => Home.Resolve(Settings.Node.Data);

    /// <summary>Whether the node makes blocks.</summary>
    public bool Produces => Key is not null
        || (Chain.GenesisValidators is null && (Settings.Producer.Mode == ProducerMode.On || (Settings.Producer.Mode == ProducerMode.Auto && Chain.Consensus is DevConsensus)));

    public void Describe(ChainNodeBuilder builder) => builder
        .UseChain(Chain)
        .UseStore(() => RocksDbStore.Open(DataFolder, new RocksDbStoreOptions()))
        .KeepStates(Settings.Node.StateWindow)
        .Configure(Complete);

    /// <summary>The options of the RPC server; null where there is none.</summary>
    public RpcServerOptions? RpcOptions() => !Settings.Rpc.Enabled ? null : new RpcServerOptions
    {
        Listen = new IPEndPoint(IPAddress.Parse(Settings.Rpc.Address), Settings.Rpc.Port),
        Admin = Settings.Rpc.AdminPort < 0 ? null : new RpcAdminOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, Settings.Rpc.AdminPort),
            TokenFile = Home.TokenFile,
        },
        AllowedOrigins = Settings.Rpc.AllowedOrigins,
        AllowedHosts = Settings.Rpc.AllowedHosts,
        ServesExplorer = Settings.Rpc.Explorer,
        MaxRequestBytes = Settings.Rpc.MaxRequestBytes,
        MaxBatch = Settings.Rpc.MaxBatch,
        RequestsPerSecond = Settings.Rpc.RequestsPerSecond,
        MaxConnections = Settings.Rpc.MaxConnections,
        MaxStreams = Settings.Rpc.MaxStreams,
    };

    private ChainNodeOptions Complete(ChainNodeOptions options)
    {
        PeerSection peers = Settings.P2P;
        options = options with
        {
            Listen = peers.Address.Length == 0 ? null : new IPEndPoint(IPAddress.Parse(peers.Address), peers.Port),
            Advertise = peers.Advertise.Length == 0 ? null : Parse(peers.Advertise),
            Connect = [.. peers.Connect.Select(Parse)],
            IndexesTransactions = Settings.Node.IndexTransactions,
            TracedPerMillion = Settings.Tracing.PerMillion,
            JobThreads = Settings.Node.JobThreads == 0 ? Environment.ProcessorCount : Settings.Node.JobThreads,
            Identity = ReadIdentity(),
            Engine = new EngineOptions
            {
                ProducesBlocks = Produces,
                SearchStart = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
                SearchLanes = Settings.Producer.SearchLanes,
            },
        };
        return Key?.AddTo(options) ?? options;
    }

    private byte[] ReadIdentity()
    {
        string text = SecretFile.Read(Home.IdentityFile, FaultCode.Home);
        return Hash256.TryParse(text, out Hash256 secret)
            ? secret.ToArray()
            : throw new UsageException(FaultCode.Home, $"{Home.IdentityFile} holds no identity", "32 bytes in hexadecimal", "restore the file, or remove it and run init in another folder");
    }

    private static PeerAddress Parse(string text) => PeerAddress.TryParse(text, out PeerAddress? address) ? address : throw new FormatException(text);
}
