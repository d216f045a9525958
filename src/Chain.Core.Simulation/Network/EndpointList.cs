using System.Diagnostics.CodeAnalysis;
using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>The connections of a node by their numbers, which ascend by one: a place for each since the node started.</summary>
internal sealed class EndpointList
{
    private readonly List<Endpoint?> _places = [];
    private ulong _first = 1;

    public bool TryGet(ConnectionId id, [NotNullWhen(true)] out Endpoint? endpoint)
    {
        ulong place = unchecked(id.Value - _first);
        endpoint = place < (ulong)_places.Count ? _places[(int)place] : null;
        return endpoint is not null;
    }

    /// <summary>Gives an end the next number.</summary>
    public void Add(Endpoint endpoint)
    {
        endpoint.Id = new ConnectionId(_first + (ulong)_places.Count);
        _places.Add(endpoint);
    }

    public bool Remove(ConnectionId id, [NotNullWhen(true)] out Endpoint? endpoint)
    {
        if (TryGet(id, out endpoint))
        {
            _places[(int)(id.Value - _first)] = null;
        }

        return endpoint is not null;
    }

    /// <summary>Forgets them all, but not their numbers: none is given twice.</summary>
    public void Clear()
    {
        _first += (ulong)_places.Count;
        _places.Clear();
    }

    /// <summary>The oldest first.</summary>
    public Endpoint[] InOrder() => [.. _places.OfType<Endpoint>()];
}
