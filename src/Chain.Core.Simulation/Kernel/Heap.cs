namespace Chain.Core.Simulation;

/// <summary>
/// A heap with four children a place: a priority queue whose entries hold their own order, so that nothing is compared
/// through an interface and an entry is read once. A part of whoever has it: not to be copied.
/// </summary>
internal struct Heap<T>()
    where T : struct, IHeapEntry<T>
{
    private const int FirstPlaces = 8;
    private const int Children = 4;

    private T[] _places = [];

    public int Count { get; private set; }

    /// <summary>The entry that comes out next, of a heap that has one.</summary>
    public readonly ref readonly T First => ref _places[0];

    public void Add(in T entry)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, int.Max(FirstPlaces, 2 * Count));
        }

        T[] places = _places;
        int place = Count++;
        while (place > 0)
        {
            int parent = (place - 1) / Children;
            if (!entry.IsBefore(in places[parent]))
            {
                break;
            }

            places[place] = places[parent];
            place = parent;
        }

        places[place] = entry;
    }

    /// <summary>Takes the first entry out of a heap that has one.</summary>
    public void RemoveFirst()
    {
        T[] places = _places;
        int last = --Count;
        ref readonly T moved = ref places[last];
        int place = 0;
        while ((place * Children) + 1 < last)
        {
            int least = LeastChild(places, place, last);
            if (!places[least].IsBefore(in moved))
            {
                break;
            }

            places[place] = places[least];
            place = least;
        }

        places[place] = moved;
        places[last] = default;
    }

    private static int LeastChild(T[] places, int place, int count)
    {
        int least = (place * Children) + 1;
        int end = int.Min(least + Children, count);
        for (int child = least + 1; child < end; child++)
        {
            least = places[child].IsBefore(in places[least]) ? child : least;
        }

        return least;
    }
}
