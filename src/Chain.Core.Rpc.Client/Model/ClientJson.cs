using System.Text.Json.Serialization;

namespace Chain.Core.Rpc.Client;

/// <summary>How answers are read: generated at compile time, so that the client can be trimmed and compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(UInt64Converter), typeof(BlockHeightConverter), typeof(UnixTimeConverter), typeof(Hash256Converter),
        typeof(BlockIdConverter), typeof(TransactionIdConverter), typeof(AccountAddressConverter), typeof(BytesConverter),
        typeof(ValueShapeConverter),
    ])]
[JsonSerializable(typeof(RpcErrorBody))]
[JsonSerializable(typeof(BlockPlace))]
[JsonSerializable(typeof(HeaderView))]
[JsonSerializable(typeof(BlockView))]
[JsonSerializable(typeof(TransactionStatusView))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(StateValueView))]
[JsonSerializable(typeof(StateProofView))]
[JsonSerializable(typeof(SubmitView))]
[JsonSerializable(typeof(SimulationView))]
[JsonSerializable(typeof(EstimateView))]
[JsonSerializable(typeof(MempoolView))]
[JsonSerializable(typeof(PeersView))]
[JsonSerializable(typeof(ValidatorsView))]
[JsonSerializable(typeof(LightBlockView))]
[JsonSerializable(typeof(AcceptedBody))]
[JsonSerializable(typeof(ModulesBody))]
[JsonSerializable(typeof(NodeStatusView))]
[JsonSerializable(typeof(SubscriptionBody))]
[JsonSerializable(typeof(ChainEventBody))]
[JsonSerializable(typeof(WatchNotification))]
internal sealed partial class ClientJson : JsonSerializerContext;
