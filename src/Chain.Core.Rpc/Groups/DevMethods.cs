using Chain.Core.Consensus;
using Chain.Core.Wire;

namespace Chain.Core.Rpc;

/// <summary><c>dev_v1_*</c>: for chains for development, on the listener for administration alone.</summary>
internal static class DevMethods
{
    private const string Only = " Only on a node that makes the blocks of a dev chain.";
    private const int MaxMilliseconds = int.MaxValue;

    public static IEnumerable<RpcMethod> Of(RpcServices services) =>
    [
        Command(services, "dev_v1_seal", "Makes a block at once, empty or not.", [], static (dev, _, cancellation) => dev.SealAsync(cancellation)),
        SetSealing(services),
        AdvanceTime(services),
        SetNextTime(services),
        Create(
            services, "dev_v1_snapshot", "Remembers the head and what waits for a block, to go back to it.", [], RpcJson.Default.SnapshotResult, SnapshotAsync),
        Revert(services),
        RevertTo(services),
        Fund(services),
    ];

    private static RpcMethod SetSealing(RpcServices services)
    {
        RpcParameter<string> mode = RpcParameter.Required(
            "mode", ParameterKinds.Word("instant", "interval", "manual"), "As soon as a transaction waits, on an interval, or on dev_v1_seal alone.");
        RpcParameter<int> interval = RpcParameter.Optional(
            "intervalMilliseconds", ParameterKinds.Integer(10, 86_400_000), 1000, "For the mode interval.");
        return Command(
            services,
            "dev_v1_setSealing",
            "Says when blocks are made from now on.",
            [mode, interval],
            (dev, arguments, cancellation) => arguments.Get(mode) switch
            {
                "instant" => dev.SealInstantlyAsync(cancellation),
                "manual" => dev.SealManuallyAsync(cancellation),
                _ => dev.SealEveryAsync(TimeSpan.FromMilliseconds(arguments.Get(interval)), cancellation),
            });
    }

    private static RpcMethod AdvanceTime(RpcServices services)
    {
        RpcParameter<int> by = RpcParameter.Required("milliseconds", ParameterKinds.Integer(1, MaxMilliseconds), "How far; up to 24 days at once.");
        return Command(
            services,
            "dev_v1_advanceTime",
            "Has the chain's clock run ahead: all later blocks carry a time so much later.",
            [by],
            (dev, arguments, cancellation) => dev.AdvanceTimeAsync(TimeSpan.FromMilliseconds(arguments.Get(by)), cancellation));
    }

    private static RpcMethod SetNextTime(RpcServices services)
    {
        RpcParameter<ulong> time = RpcParameter.Required("time", ParameterKinds.Quantity, "Unix time in milliseconds, after the head's.");
        return Command(
            services,
            "dev_v1_setNextTime",
            "Gives the next block exactly this time; the chain's clock runs on from there.",
            [time],
            (dev, arguments, cancellation) => dev.SetNextTimeAsync(new UnixTime(arguments.Get(time)), cancellation));
    }

    private static RpcMethod Revert(RpcServices services)
    {
        RpcParameter<int> snapshot = RpcParameter.Required("snapshot", ParameterKinds.Integer(1, int.MaxValue), "The number of a snapshot.");
        return Create(
            services,
            "dev_v1_revert",
            "Goes back to a snapshot: head, state and what waited. Readers of events hear that the later blocks are removed.",
            [snapshot],
            RpcJson.Default.BlockPlace,
            async (node, dev, arguments, cancellation) => await dev.RevertAsync((ulong)arguments.Get(snapshot), cancellation).ConfigureAwait(false)
                ? Results.Place(node.Head)
                : ErrorKinds.SnapshotNotFound);
    }

    private static RpcMethod RevertTo(RpcServices services)
    {
        RpcParameter<BlockSelector> block = RpcParameter.Required("block", ParameterKinds.Block, "A block of the chain.");
        return Create(
            services,
            "dev_v1_revertTo",
            "Goes back to an earlier block; nothing waits for a block after it.",
            [block],
            RpcJson.Default.BlockPlace,
            async (node, dev, arguments, cancellation) =>
            {
                BlockSelector selector = arguments.Get(block);
                BlockHeader? header = node.Read(chain => selector.FindHeaderIn(chain) is { } found && chain.IsOnChain(found) ? found : null);
                if (header is null)
                {
                    return ErrorKinds.BlockNotFound;
                }

                await dev.RevertToAsync(header, cancellation).ConfigureAwait(false);
                return Results.Place(header);
            });
    }

    private static RpcMethod Fund(RpcServices services)
    {
        RpcParameter<AccountAddress> account = RpcParameter.Required("account", ParameterKinds.Address, "Who gets the coins.");
        RpcParameter<ulong> amount = RpcParameter.Required("amount", ParameterKinds.Quantity, "How many coins.");
        return Create(
            services,
            "dev_v1_fund",
            "Has the faucet, a funded account of the dev chain, pay an account.",
            [account, amount],
            RpcJson.Default.FundedResult,
            async (_, dev, arguments, cancellation) => await FundAsync(dev, arguments.Get(account), arguments.Get(amount), cancellation).ConfigureAwait(false));
    }

    private static async Task<RpcResult<SnapshotResult>> SnapshotAsync(
        ChainNode node, DevControls dev, RpcArguments arguments, CancellationToken cancellation)
    {
        DevSnapshot taken = await dev.TakeSnapshotAsync(cancellation).ConfigureAwait(false);
        return new SnapshotResult(checked((int)taken.Number), Results.Place(taken.Head));
    }

    private static async Task<RpcResult<FundedResult>> FundAsync(DevControls dev, AccountAddress account, ulong amount, CancellationToken cancellation)
    {
        try
        {
            return new FundedResult(await dev.FundAsync(account, amount, cancellation).ConfigureAwait(false));
        }
        catch (Exception refused) when (refused is TransactionRefusedException or InvalidOperationException)
        {
            return new RpcError(ErrorKinds.FaucetRefused, null, refused.Message);
        }
    }

    private static RpcMethod Command(
        RpcServices services, string name, string summary, RpcParameter[] parameters, Func<DevControls, RpcArguments, CancellationToken, ValueTask> command) =>
        Create(
            services,
            name,
            summary,
            parameters,
            RpcJson.Default.AcceptedResult,
            async (_, dev, arguments, cancellation) =>
            {
                await command(dev, arguments, cancellation).ConfigureAwait(false);
                return new AcceptedResult(Accepted: true);
            });

    private static RpcMethod Create<T>(
        RpcServices services,
        string name,
        string summary,
        RpcParameter[] parameters,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> result,
        Func<ChainNode, DevControls, RpcArguments, CancellationToken, Task<RpcResult<T>>> handler)
        where T : class
    {
        async ValueTask<RpcResult<T>> AnswerAsync(RpcCaller caller, RpcArguments arguments, CancellationToken cancellation)
        {
            ChainNode node = services.Node;
            if (node.Dev is not { } dev)
            {
                string actual = node.Chain.Consensus is DevConsensus ? "a node that makes no blocks" : node.Chain.Consensus.Name;
                return new RpcError(ErrorKinds.NotSupported, "a node that makes the blocks of a dev chain", actual);
            }

            try
            {
                return await handler(node, dev, arguments, cancellation).ConfigureAwait(false);
            }
            catch (ArgumentOutOfRangeException outOfRange)
            {
                return new RpcError(ErrorKinds.TimeOutOfRange, null, outOfRange.ActualValue?.ToString());
            }
            catch (ArgumentException)
            {
                return ErrorKinds.BlockNotFound; // the head moved meanwhile
            }
            catch (InvalidOperationException impossible)
            {
                return new RpcError(ErrorKinds.CannotRevert, null, impossible.Message);
            }
        }

        return RpcMethod.Create(name, summary + Only, parameters, result, AnswerAsync, RpcScope.Admin);
    }
}
