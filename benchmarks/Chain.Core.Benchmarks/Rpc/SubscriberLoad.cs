using System.Diagnostics;
using System.Globalization;
using Chain.Core.Benchmarks.Network;
using Chain.Core.Benchmarks.Ratios;

namespace Chain.Core.Benchmarks.Rpc;

/// <summary>
/// What subscribers cost a node: a process of its own with a server makes blocks while 1,000 subscribers hold their
/// connection and do not read, and 100 read. Half of each come by server-sent events and half by WebSocket. The figure is what the
/// working set of that process has grown by, after a collection, shared by all subscribers: once when all are there, once
/// after the blocks, whichever is more.
/// </summary>
internal sealed class SubscriberLoad : IDisposable
{
    private const double MostBytes = 32 * 1024;
    private const int Idle = 1_000;
    private const int Reading = 100;
    private const int WarmUps = 50;
    private const int Seals = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly List<IEventSource> _sources = [];
    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly Process _child = ChildProcess.Start(EventServer.Argument);
    private Uri? _url;

    public static Contest Prepare()
    {
        using var load = new SubscriberLoad();
        (double each, string? mistake) = load.MeasureAsync().GetAwaiter().GetResult();
        return Contest.OfSizes(each, MostBytes, () => mistake);
    }

    public void Dispose()
    {
        _sources.ForEach(static source => source.Dispose());
        _child.StandardInput.Close();
        _child.WaitForExit();
        _child.Dispose();
        _http.Dispose();
        _patience.Dispose();
    }

    private async Task<(double Each, string? Mistake)> MeasureAsync()
    {
        _url = new Uri((await _child.StandardOutput.ReadLineAsync(_patience.Token))!);

        // What is made once, compiled code above all, is no subscriber's.
        await AllHearAsync(await OpenAsync(WarmUps));
        long before = await AskAsync(EventServer.Memory);
        await OpenAsync(Idle);
        List<IEventSource> readers = await OpenAsync(Reading);
        long most = await AskAsync(EventServer.Memory);
        string? mistake = await AllHearAsync(readers);
        most = long.Max(most, await AskAsync(EventServer.Memory));
        long left = await AskAsync(EventServer.Subscribers);
        return ((double)(most - before) / (Idle + Reading), mistake ?? (left == _sources.Count ? null : $"{left} of {_sources.Count} subscribers are left"));
    }

    private async Task<List<IEventSource>> OpenAsync(int count)
    {
        var opened = new List<IEventSource>();
        for (int i = 0; i < count; i++)
        {
            IEventSource source = i % 2 == 0 ? new StreamSource(_url!, _http) : new SocketSource(_url!);
            opened.Add(source);
            _sources.Add(source);
            await source.OpenAsync();
        }

        return opened;
    }

    /// <summary>Has blocks made while the readers read: each must hear of each block, in order.</summary>
    /// <returns>The first mistake; null where there is none.</returns>
    private async Task<string?> AllHearAsync(List<IEventSource> readers)
    {
        ulong head = (ulong)await AskAsync(EventServer.Height);
        Task<string?>[] hearing = [.. readers.Select(reader => HearAsync(reader, head + 1, Seals * EventServer.BlocksAtOnce))];
        for (int i = 0; i < Seals; i++)
        {
            await AskAsync(EventServer.Seal);
        }

        return (await Task.WhenAll(hearing)).FirstOrDefault(static mistake => mistake is not null);
    }

    private async Task<string?> HearAsync(IEventSource reader, ulong first, int count)
    {
        for (ulong expected = first; expected < first + (ulong)count; expected++)
        {
            ulong heard = await reader.NextAddedAsync(_patience.Token);
            if (heard != expected)
            {
                return $"a reader heard of block {heard} and not of {expected}";
            }
        }

        return null;
    }

    private async Task<long> AskAsync(string order)
    {
        await _child.StandardInput.WriteLineAsync(order);
        await _child.StandardInput.FlushAsync();
        return long.Parse((await _child.StandardOutput.ReadLineAsync(_patience.Token))!, CultureInfo.InvariantCulture);
    }
}
