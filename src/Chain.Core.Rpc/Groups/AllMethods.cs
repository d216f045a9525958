using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>Every method of the server; <c>rpc_methods</c> and <c>rpc.discover</c> tell of themselves as well.</summary>
internal static class AllMethods
{
    private const int DiscoverCost = 10;

    public static MethodTable Of(RpcServices services)
    {
        MethodTable? table = null;

        // Made when first asked for, and then only written.
        var forPublic = new Lazy<JsonDocument>(() => OpenRpcDocument.Of(table!, RpcScope.Public));
        var forAdmin = new Lazy<JsonDocument>(() => OpenRpcDocument.Of(table!, RpcScope.Admin));
        IEnumerable<RpcMethod> methods =
        [
            .. ChainMethods.Of(services),
            .. TransactionMethods.Of(services),
            .. StateMethods.Of(services),
            .. MempoolMethods.Of(services),
            .. PeerMethods.Of(services),
            .. ValidatorMethods.Of(services),
            .. NodeMethods.Of(services),
            .. DevMethods.Of(services),
            RpcMethod.Create(
                "rpc_methods",
                "The names of all methods that this listener has.",
                [],
                RpcJson.Default.MethodsResult,
                (caller, _, _) => ValueTask.FromResult<RpcResult<MethodsResult>>(
                    new MethodsResult([.. table!.All.Where(method => method.Scope <= caller.Scope).Select(static method => method.Name)]))),
            RpcMethod.Create(
                "rpc.discover",
                "This interface as an OpenRPC document.",
                [],
                RpcJson.Default.JsonDocument,
                (caller, _, _) => ValueTask.FromResult<RpcResult<JsonDocument>>(
                    caller.Scope == RpcScope.Admin ? forAdmin.Value : forPublic.Value),
                cost: DiscoverCost),
        ];
        table = new MethodTable(methods);
        return table;
    }
}
