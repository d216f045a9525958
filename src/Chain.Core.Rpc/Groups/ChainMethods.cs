using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>chain_v1_*</c>: blocks, headers and what happens to the chain.</summary>
internal static class ChainMethods
{
    private const int MaxHeaders = 256;
    private const int WholeBlockCost = 10;

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
    [
        RpcMethod.Create("chain_v1_head", "The head: its height and id.", [], RpcJson.Default.BlockPlace, _ => Results.Place(services.Node.Head)),
        RpcMethod.Create(
            "chain_v1_finalized",
            "The newest block that can never be undone; genesis where the engine makes none final.",
            [],
            RpcJson.Default.BlockPlace,
            _ => services.Node.Read(static chain => Results.Place(chain.Finalized))),
        GetBlock(services.Node),
        GetHeader(services.Node),
        GetHeaders(services.Node),
        GetLightBlock(services.Node),
        Follow(services),
        Unfollow(),
    ];

    private static RpcMethod GetBlock(ChainNode node)
    {
        RpcParameter<BlockSelector> block = RpcParameter.Optional("block", ParameterKinds.Block, default, "Which block; the head by default.");
        RpcParameter<string> detail = RpcParameter.Optional(
            "detail", ParameterKinds.Word("ids", "full"), "ids", "ids names the transactions; full has them whole, with their receipts.");
        return RpcMethod.Create(
            "chain_v1_getBlock",
            "A block by its height or id.",
            [block, detail],
            RpcJson.Default.BlockResult,
            arguments => node.Read<RpcResult<BlockResult>>(chain => arguments.Get(block).FindIn(chain) is { } found
                ? Results.Block(found, chain, arguments.Get(detail) == "full")
                : ErrorKinds.BlockNotFound),
            WholeBlockCost);
    }

    private static RpcMethod GetHeader(ChainNode node)
    {
        RpcParameter<BlockSelector> block = RpcParameter.Optional("block", ParameterKinds.Block, default, "Which block; the head by default.");
        return RpcMethod.Create(
            "chain_v1_getHeader",
            "A header by its height or id.",
            [block],
            RpcJson.Default.HeaderResult,
            arguments => node.Read<RpcResult<HeaderResult>>(chain => arguments.Get(block).FindHeaderIn(chain) is { } found
                ? Results.Header(found, chain)
                : ErrorKinds.BlockNotFound));
    }

    private static RpcMethod GetHeaders(ChainNode node)
    {
        RpcParameter<ulong> from = RpcParameter.Required("from", ParameterKinds.Quantity, "The lowest height.");
        RpcParameter<int> count = RpcParameter.Optional("count", ParameterKinds.Integer(1, MaxHeaders), 32, "Most headers to list.");
        return RpcMethod.Create(
            "chain_v1_getHeaders",
            "Headers of the head's chain in ascending order, as many as there are.",
            [from, count],
            RpcJson.Default.HeadersResult,
            arguments => node.Read(chain => ReadHeaders(chain, arguments.Get(from), arguments.Get(count))),
            WholeBlockCost);
    }

    private static HeadersResult ReadHeaders(ChainSnapshot chain, ulong from, int count)
    {
        var headers = new List<HeaderResult>();
        for (ulong height = from; headers.Count < count && height <= chain.Head.Height.Value; height++)
        {
            if (chain.FindHeader(new BlockHeight(height)) is { } header)
            {
                headers.Add(Results.Header(header, chain));
            }
        }

        return new HeadersResult(headers);
    }

    private static RpcMethod GetLightBlock(ChainNode node)
    {
        RpcParameter<BlockSelector> block = RpcParameter.Optional(
            "block", ParameterKinds.Block, new BlockSelector(BlockMark.Finalized, default, default), "Which block; the newest final one by default.");
        return RpcMethod.Create(
            "chain_v1_getLightBlock",
            "A final block with its certificate and the validators of its epoch, for a light client to check.",
            [block],
            RpcJson.Default.LightBlockResult,
            arguments => node.Read(chain => ReadLightBlock(node, chain, arguments.Get(block))),
            WholeBlockCost);
    }

    private static RpcResult<LightBlockResult> ReadLightBlock(ChainNode node, ChainSnapshot chain, BlockSelector selector)
    {
        if (node.Chain.Ledger.Validators is null)
        {
            return ErrorKinds.NotSupported;
        }

        if (selector.FindHeaderIn(chain) is not { } header || chain.FindCertificate(header) is not { } certificate)
        {
            return new RpcError(ErrorKinds.BlockNotFound, "a block with a certificate of its own");
        }

        return ValidatorMethods.FindVoters(node, chain, header) is { } voters
            ? new LightBlockResult(header.Encoded, certificate, [.. voters.Validators.Select(static one => ValidatorMethods.Describe(one))])
            : ErrorKinds.StateUnavailable;
    }

    private static RpcMethod Follow(RpcServices services)
    {
        RpcParameter<string> after = RpcParameter.Optional(
            "after", ParameterKinds.Text(EventCursor.MaxLength), "latest", "A cursor, latest, or genesis for every block.");
        return RpcMethod.Create(
            "chain_v1_follow",
            "Tells every later event of the chain once, as notifications chain_v1_event: blocks added, removed, finalized; lagged where the reader fell behind.",
            [after],
            RpcJson.Default.SubscriptionResult,
            (caller, arguments, _) => ValueTask.FromResult(StartFollowing(services, caller, arguments.Get(after))),
            needsSession: true);
    }

    private static RpcResult<SubscriptionResult> StartFollowing(RpcServices services, RpcCaller caller, string after)
    {
        if (!EventReader.TryOpen(services, after, out EventReader? reader))
        {
            return new RpcError(ErrorKinds.CursorUnknown, "a cursor of this chain, latest or genesis", after);
        }

        return caller.Session!.TryStart(reader, out string name)
            ? new SubscriptionResult(name)
            : new RpcError(ErrorKinds.TooManySubscriptions, $"at most {services.Options.MaxSubscriptionsPerConnection}");
    }

    private static RpcMethod Unfollow()
    {
        RpcParameter<string> name = RpcParameter.Required("subscription", ParameterKinds.Text(32), "The name that chain_v1_follow or tx_v1_watch gave.");
        return RpcMethod.Create(
            "chain_v1_unfollow",
            "Ends a subscription of this connection.",
            [name],
            RpcJson.Default.SubscriptionResult,
            (caller, arguments, _) => ValueTask.FromResult<RpcResult<SubscriptionResult>>(
                caller.Session!.TryEnd(arguments.Get(name)) ? new SubscriptionResult(arguments.Get(name)) : ErrorKinds.SubscriptionNotFound),
            needsSession: true);
    }
}
