using System.Text.Json.Serialization;

namespace Chain.Core.Rpc;

/// <summary>How results are written: generated at compile time, so that nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(UInt64Converter), typeof(BlockHeightConverter), typeof(UnixTimeConverter), typeof(Hash256Converter),
        typeof(BlockIdConverter), typeof(TransactionIdConverter), typeof(AccountAddressConverter), typeof(BytesConverter),
        typeof(ValueShapeConverter),
    ])]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(BlockPlace))]
[JsonSerializable(typeof(HeaderResult))]
[JsonSerializable(typeof(HeadersResult))]
[JsonSerializable(typeof(BlockResult))]
[JsonSerializable(typeof(TransactionResult))]
[JsonSerializable(typeof(ReceiptResult))]
[JsonSerializable(typeof(SubmitResult))]
[JsonSerializable(typeof(TransactionStatusResult))]
[JsonSerializable(typeof(SimulateResult))]
[JsonSerializable(typeof(EstimateResult))]
[JsonSerializable(typeof(ValueResult))]
[JsonSerializable(typeof(ProofResult))]
[JsonSerializable(typeof(AccountResult))]
[JsonSerializable(typeof(BalanceResult))]
[JsonSerializable(typeof(MempoolStatusResult))]
[JsonSerializable(typeof(MempoolListResult))]
[JsonSerializable(typeof(PeersResult))]
[JsonSerializable(typeof(ValidatorsResult))]
[JsonSerializable(typeof(LightBlockResult))]
[JsonSerializable(typeof(NodeStatusResult))]
[JsonSerializable(typeof(ModulesResult))]
[JsonSerializable(typeof(HealthResult))]
[JsonSerializable(typeof(SubscriptionResult))]
[JsonSerializable(typeof(ChainEventResult))]
[JsonSerializable(typeof(TransactionEventResult))]
[JsonSerializable(typeof(MethodsResult))]
[JsonSerializable(typeof(AcceptedResult))]
[JsonSerializable(typeof(SnapshotResult))]
[JsonSerializable(typeof(FundedResult))]
[JsonSerializable(typeof(System.Text.Json.JsonDocument))]
internal sealed partial class RpcJson : JsonSerializerContext;
