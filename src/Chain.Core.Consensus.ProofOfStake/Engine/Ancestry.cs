using Chain.Core.Wire;

namespace Chain.Core.Consensus.ProofOfStake;

/// <summary>What the certificates of an epoch say of the way back from a view: on which block it may build.</summary>
internal sealed class Ancestry(Rounds rounds)
{
    /// <summary>The block before the epoch.</summary>
    public BlockId Base { get; private set; }

    /// <summary>Shows that <see cref="Base"/> is final; null for genesis.</summary>
    public Certificate? BaseCertificate { get; private set; }

    public void Begin(BlockId block, Certificate? certificate)
    {
        Base = block;
        BaseCertificate = certificate;
    }

    /// <summary>The newest view between <paramref name="since"/> and <paramref name="view"/> that is not nullified; genesis for none.</summary>
    /// <param name="since">The earlier view; index 0 for the base of the epoch.</param>
    /// <param name="view">The later view.</param>
    public View NotNullifiedBetween(View since, View view)
    {
        for (View between = new(view.Value - 1); between > since; between = new View(between.Value - 1))
        {
            if (rounds.Find(between)?.Nullification is null)
            {
                return between;
            }
        }

        return View.Genesis;
    }

    /// <summary>The newest certified block that a proposal in <paramref name="view"/> may build on.</summary>
    /// <param name="view">The view of the proposal.</param>
    /// <param name="parent">The block and its certificate, which is null only for genesis.</param>
    /// <param name="missing">Where there is none, the view of which neither certificate is known.</param>
    public bool TryFindParent(View view, out (BlockId Block, Certificate? Certificate) parent, out View missing)
    {
        for (missing = new View(view.Value - 1); missing.Index > 0; missing = new View(missing.Value - 1))
        {
            Round? round = rounds.Find(missing);
            if ((round?.Notarization ?? round?.Finalization) is Certificate certified)
            {
                parent = (certified.Block, certified);
                return true;
            }

            if (round?.Nullification is null)
            {
                parent = default;
                return false;
            }
        }

        parent = (Base, BaseCertificate);
        return true;
    }
}
