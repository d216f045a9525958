namespace Chain.Core.Cli.Lab.Reproduce;

/// <summary>The states of a selfish pool (Eyal and Sirer 2014, figure 1), and what each step earns.</summary>
internal sealed class SelfishStates
{
    private int _lead;
    private bool _isRacing;

    /// <summary>Blocks of the pool that stay on the chain.</summary>
    public long Pools { get; private set; }

    /// <summary>Blocks that stay on the chain.</summary>
    public long Blocks { get; private set; }

    /// <summary>The pool's part of the chain.</summary>
    public double Revenue => Pools / (double)Blocks;

    /// <summary>A block is found.</summary>
    /// <param name="isPools">Whether the pool found it.</param>
    /// <param name="isOnPools">If not, whether its maker mines on the pool's block in a race.</param>
    public void Find(bool isPools, bool isOnPools)
    {
        if (_isRacing)
        {
            _isRacing = false;
            Earn(isPools ? 2 : isOnPools ? 1 : 0, of: 2);
        }
        else if (isPools)
        {
            _lead++;
        }
        else
        {
            switch (_lead)
            {
                case 0: Earn(0, of: 1); break;
                case 1: _isRacing = true; break;
                case 2: Earn(2, of: 2); break;
                default: Earn(1, of: 1); break;
            }

            _lead = _lead <= 2 ? 0 : _lead - 1;
        }
    }

    /// <summary>The run ends: what the pool kept back counts for nothing.</summary>
    public void GiveUpLead() => (_lead, _isRacing) = (0, false);

    private void Earn(int pools, int of)
    {
        Pools += pools;
        Blocks += of;
    }
}
