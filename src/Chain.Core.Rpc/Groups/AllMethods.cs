using System.Text.Json.Nodes;

namespace Chain.Core.Rpc;

/// <summary>Every method of the server; <c>rpc_methods</c> and <c>rpc.discover</c> tell of themselves as well.</summary>
internal static class AllMethods
{
    public static MethodTable Of(RpcServices services)
    {
        MethodTable? table = null;
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
                RpcJson.Default.JsonObject,
                (caller, _, _) => ValueTask.FromResult<RpcResult<JsonObject>>(OpenRpcDocument.Of(table!, caller.Scope)),
                cost: 10),
        ];
        table = new MethodTable(methods);
        return table;
    }
}
