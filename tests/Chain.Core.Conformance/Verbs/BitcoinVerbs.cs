using Chain.Core.Consensus;
using Chain.Core.Consensus.ProofOfWork;

namespace Chain.Core.Conformance;

/// <summary>
/// Bitcoin's header chain. <c>headers</c> and <c>context</c> are lists of headers of 80 bytes, or one string of them end
/// to end; the last header of <c>context</c> stands just below <c>start_height</c>. The first header of all is taken as
/// given. <c>chainwork</c> is that of the accepted headers, without the context.
/// </summary>
internal static class BitcoinVerbs
{
    public static void AddTo(Dictionary<string, Func<Request, Answer>> verbs) => verbs["bitcoin.headers"] = FollowHeaders;

    private static Answer.Fields FollowHeaders(Request request)
    {
        BitcoinParameters parameters = request.Has("params") && request.Text("params") != "mainnet"
            ? throw new UnsupportedException()
            : BitcoinParameters.Mainnet;
        BitcoinHeader[] context = request.Has("context") ? HeadersOf(request, "context") : [];
        BitcoinHeader[] headers = HeadersOf(request, "headers");
        ulong height = request.Has("start_height") ? request.Number("start_height") : (ulong)context.Length;
        if (height < (ulong)context.Length || height > ulong.MaxValue - (ulong)headers.Length)
        {
            throw new InvalidRequestException("start_height does not fit the context or the headers");
        }

        BitcoinHeaderChain? chain = Follow(parameters, height - (ulong)context.Length, context, null, out int known);
        if (known < context.Length)
        {
            throw new InvalidRequestException($"header {known} of the context is not valid");
        }

        UInt256 before = chain?.Work ?? UInt256.Zero;
        chain = Follow(parameters, height, headers, chain, out int accepted);
        string next = (chain?.NextTarget ?? parameters.TargetLimit).Bits.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        string work = ((chain?.Work ?? UInt256.Zero) - before).ToHexString();
        return new Answer.Fields(json =>
        {
            json.WriteNumber("accepted", accepted);
            json.WriteString("next_bits", next);
            json.WriteString("chainwork", work);
        });
    }

    /// <summary>Appends headers up to the first that is not valid; the very first only has to have the work that it claims.</summary>
    private static BitcoinHeaderChain? Follow(
        BitcoinParameters parameters, ulong height, BitcoinHeader[] headers, BitcoinHeaderChain? chain, out int accepted)
    {
        for (accepted = 0; accepted < headers.Length; accepted++)
        {
            BitcoinHeader header = headers[accepted];
            if (chain is null && HasWork(parameters, in header))
            {
                chain = new BitcoinHeaderChain(parameters, header, height);
            }
            else if (chain is null || chain.TryAppend(in header) != BitcoinVerdict.Valid)
            {
                break;
            }
        }

        return chain;
    }

    private static bool HasWork(BitcoinParameters parameters, in BitcoinHeader header)
    {
        Crypto.Hash256 hash = header.Hash;
        return header.Target.TryExpand(out UInt256 target)
            && parameters.TargetLimit.TryExpand(out UInt256 easiest)
            && target <= easiest
            && UInt256.FromLittleEndian(in hash) <= target;
    }

    private static BitcoinHeader[] HeadersOf(Request request, string field)
    {
        byte[][] all = request.IsText(field)
            ? [.. request.Bytes(field).Chunk(BitcoinHeader.Size)]
            : [.. request.ManyBytes(field)];
        return Array.ConvertAll(all, bytes => BitcoinHeader.TryRead(bytes, out BitcoinHeader header)
            ? header
            : throw new InvalidRequestException($"{field} holds other than headers of {BitcoinHeader.Size} bytes"));
    }
}
