using Chain.Core.Wire;

namespace Chain.Core.Gossip;

/// <summary>
/// Blocks about which a peer was asked, and how many answers may still come: after the request was given up as before, so
/// that no answer is taken for an offence.
/// </summary>
/// <param name="perRequest">How many answers a request may have.</param>
/// <param name="most">Most blocks that are remembered; of more, those are forgotten first that came already.</param>
internal sealed class OwedAnswers(int perRequest, int most)
{
    private readonly List<(BlockId Block, int Answers)> _owed = [];

    public void Expect(BlockId block)
    {
        int place = PlaceOf(block);
        if (place >= 0)
        {
            _owed.RemoveAt(place);
        }

        if (_owed.Count >= most)
        {
            _owed.RemoveAt(int.Max(_owed.FindIndex(owed => owed.Answers < perRequest), 0));
        }

        _owed.Add((block, perRequest));
    }

    public bool Has(BlockId block) => PlaceOf(block) >= 0;

    /// <summary>An answer came; false where none was to come.</summary>
    public bool Take(BlockId block)
    {
        int place = PlaceOf(block);
        if (place < 0)
        {
            return false;
        }

        int left = _owed[place].Answers - 1;
        if (left > 0)
        {
            _owed[place] = (block, left);
        }
        else
        {
            _owed.RemoveAt(place);
        }

        return true;
    }

    /// <summary>The newest stand last, and are looked for most.</summary>
    private int PlaceOf(BlockId block)
    {
        int place = _owed.Count - 1;
        while (place >= 0 && _owed[place].Block != block)
        {
            place--;
        }

        return place;
    }
}
