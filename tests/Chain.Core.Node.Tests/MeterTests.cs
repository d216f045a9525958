using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Chain.Core.Storage;

namespace Chain.Core.Node.Tests;

public sealed class MeterTests
{
    [Fact]
    public async Task Meters_ANodeThatSealsTwoBlocks_CountsThemWithUnits()
    {
        using var factory = new OwnMeters();
        var values = new ConcurrentDictionary<string, double>();
        var units = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (factory.Owns(instrument.Meter))
            {
                units[instrument.Name] = instrument.Unit ?? "";
                to.EnableMeasurementEvents(instrument);
            }
        };
        void Add(Instrument instrument, double value) => values.AddOrUpdate(
            instrument.Name, value, (_, sum) => instrument.IsObservable ? value : sum + value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        listener.Start();

        await using ChainNode node = await ChainNode.StartAsync(new ChainNodeOptions
        {
            Chain = TestNodes.CreateChain(),
            Store = new MemoryStore(),
            Engine = new() { ProducesBlocks = true },
            JobThreads = 1,
            Meters = factory,
        });
        await node.SubmitAndWaitAsync(TestNodes.Pay(node.Chain, 0));
        await node.SubmitAndWaitAsync(TestNodes.Pay(node.Chain, 1));
        listener.RecordObservableInstruments();

        Assert.Equal(2, values["chain.block.applied"]);
        Assert.Equal(2, values["chain.transaction.applied"]);
        Assert.Equal(2, values["chain.block.height"]);
        Assert.Equal(0, values["chain.block.finalized"]);
        Assert.Equal(0, values["chain.mempool.transactions"]);
        Assert.True(values["chain.block.age"] > 0);
        Assert.Equal(0, values["chain.peer.count"]);
        Assert.True(values["chain.node.step.duration"] > 0);
        Assert.All(units, unit => Assert.False(string.IsNullOrEmpty(unit.Value), $"{unit.Key} has no unit."));
        Assert.All(units.Keys, name => Assert.StartsWith("chain.", name, StringComparison.Ordinal));
    }

    private sealed class OwnMeters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public bool Owns(Meter meter) => ReferenceEquals(meter.Scope, this);

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options.Name, options.Version, options.Tags, this);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
