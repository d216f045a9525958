using Chain.Core.Machines;
using Chain.Core.Storage;

namespace Chain.Core.Node;

/// <summary>Writes of one step that nothing visible stands between: applied together, as durable as the most durable of them.</summary>
internal sealed class GatheredWrites(IKeyValueStore store)
{
    private WriteBatch? _batch;
    private Durability _durability;
    private bool _isOwn;

    /// <summary>Whether something waits that <see cref="Flush"/> has to sync.</summary>
    public bool AreDurable => _batch is not null && _durability == Durability.Durable;

    public void Add(WriteBatch batch, Durability durability)
    {
        if (_batch is null)
        {
            (_batch, _durability, _isOwn) = (batch, durability, false);
            return;
        }

        if (!_isOwn)
        {
            var own = new WriteBatch();
            own.Append(_batch);
            (_batch, _isOwn) = (own, true);
        }

        _batch.Append(batch);
        _durability = durability > _durability ? durability : _durability;
    }

    /// <summary>Applies what waits; returns when it is as durable as was asked.</summary>
    public void Flush()
    {
        if (_batch is { } batch)
        {
            _batch = null;
            store.Write(batch, _durability);
        }
    }
}
