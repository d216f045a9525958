using Chain.Core.Machines;

namespace Chain.Core.Fuzz;

/// <summary>The inputs that are worth changing further.</summary>
internal sealed class Corpus(DeterministicRandom random)
{
    private const int MaxCount = 20_000;

    private readonly List<byte[]> _inputs = [];

    public int Count => _inputs.Count;

    public void Add(byte[] input)
    {
        if (_inputs.Count < MaxCount)
        {
            _inputs.Add(input);
        }
        else
        {
            _inputs[random.NextIndex(MaxCount)] = input;
        }
    }

    /// <summary>Any input; half of the time one of the newest eighth, which the others have had less time with.</summary>
    public byte[] Pick()
    {
        int newest = (_inputs.Count + 7) / 8;
        return random.NextIndex(2) == 0
            ? _inputs[random.NextIndex(_inputs.Count)]
            : _inputs[_inputs.Count - 1 - random.NextIndex(newest)];
    }
}
