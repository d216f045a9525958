using Chain.Core.Gossip;
using Microsoft.Extensions.Logging;

namespace Chain.Core.Node;

/// <summary>Every log line of the node, with its stable event id.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(1000, LogLevel.Information, "started at #{Height} of {Chain}, listening on {EndPoint}")]
    public static partial void Started(ILogger logger, ulong height, string chain, string endPoint);

    [LoggerMessage(1001, LogLevel.Information, "#{Height} {Block} · {Transactions} tx · {Applied} applied, {Undone} undone · {Peers} peers")]
    public static partial void HeadMoved(
        ILogger logger, ulong height, string block, int transactions, int applied, int undone, int peers);

    [LoggerMessage(1002, LogLevel.Warning, "block {Block} is not valid: {Reason}")]
    public static partial void BlockRefused(ILogger logger, string block, string reason);

    [LoggerMessage(1003, LogLevel.Debug, "peer {Peer} at {Address} said hello")]
    public static partial void PeerReady(ILogger logger, string peer, string address);

    [LoggerMessage(1004, LogLevel.Debug, "peer {Peer} is gone: {Reason}")]
    public static partial void PeerGone(ILogger logger, string peer, string reason);

    [LoggerMessage(1006, LogLevel.Warning, "peer {Peer} at {Address} is banned: {Cause}")]
    public static partial void PeerBanned(ILogger logger, string peer, string address, Misbehaviour cause);

    [LoggerMessage(1007, LogLevel.Information, "{Read} waiting transactions were kept, {Damaged} records were damaged")]
    public static partial void PoolRead(ILogger logger, int read, int damaged);

    [LoggerMessage(
        1008,
        LogLevel.Error,
        "CC2021 block #{Height} {Block}: executed twice on this node it gives two states. Module {Module}, key {Key} is {First} the first time and {Second} the second, {Writer}; the roots are {Root}, {Again}, and in the header {Claimed}")]
    public static partial void NotRepeatable(
        ILogger logger, ulong height, string block, string module, string key, string first, string second, string writer, string root, string again, string claimed);

    [LoggerMessage(
        1009,
        LogLevel.Error,
        "CC2021 block #{Height} {Block}: each execution here gives the state {Root}, the header has {Claimed}, so that another node executes otherwise; {Asked}. What came out here is kept: 'replay --compare' with the folder of a node that has the block names module, key and transaction")]
    public static partial void ExecutesOtherwise(ILogger logger, ulong height, string block, string root, string claimed, string asked);

    [LoggerMessage(
        1010,
        LogLevel.Error,
        "CC2021 block #{Height} {Block}: another node executes it otherwise than this one. Module {Module}, key {Key} is {Here} here and {There} there, {Writer}; the roots are {Root} here, and there, as what a peer told of its changes proves, that of the header, {Claimed}")]
    public static partial void PartsFromPeer(
        ILogger logger, ulong height, string block, string module, string key, string here, string there, string writer, string root, string claimed);

    [LoggerMessage(1005, LogLevel.Critical, "the node has stopped: its store failed")]
    public static partial void Failed(ILogger logger, Exception fault);
}
