namespace Chain.Core.Gossip;

/// <summary>A token bucket's terms.</summary>
/// <param name="PerSecond">Units that become free in a second; from 1 to 10⁹.</param>
/// <param name="Burst">Most units at once after a pause; from 1 to 10⁹.</param>
public readonly record struct Allowance(int PerSecond, int Burst)
{
    private const int Max = 1_000_000_000;

    internal void Validate(string name)
    {
        OptionRange.Check(PerSecond, 1, Max, name);
        OptionRange.Check(Burst, 1, Max, name);
    }
}
