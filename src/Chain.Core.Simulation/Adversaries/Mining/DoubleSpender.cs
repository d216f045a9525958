using Chain.Core.Protocol;
using Chain.Core.Wire;

namespace Chain.Core.Simulation;

/// <summary>
/// An attacker that tries, again and again, to undo a payment that has so many confirmations (Rosenfeld 2014): it begins
/// with one block in secret, pays in public, mines on in secret, and publishes when the payment is confirmed and its own
/// chain is the longer one. It gives up when it is too far behind.
/// </summary>
/// <param name="node">The node inside.</param>
/// <param name="confirmations">How many blocks the payee waits for; at least 1.</param>
/// <param name="patience">By how many blocks the attacker may be behind before it gives up; positive.</param>
public sealed class DoubleSpender(FullNode node, int confirmations, int patience) : WithholdingMiner(node)
{
    private ulong _paidAt;
    private bool _isTrying;

    /// <summary>How many attempts came to an end.</summary>
    public int Attempts { get; private set; }

    /// <summary>How many of them undid the payment.</summary>
    public int Successes { get; private set; }

    /// <inheritdoc/>
    protected override bool Follows => !_isTrying;

    private long Confirmations => (long)(PublicHeight - _paidAt);

    /// <inheritdoc/>
    protected override void OnOwnBlock(Block block)
    {
        if (!_isTrying)
        {
            _isTrying = true;
            _paidAt = PublicHeight;
        }

        Decide();
    }

    /// <inheritdoc/>
    protected override void OnPublicBlock(ulong height)
    {
        if (_isTrying)
        {
            Decide();
        }
    }

    private void Decide()
    {
        long behind = Confirmations - Private.Count;
        if (Confirmations >= confirmations && behind < 0)
        {
            Successes++;
            End();
            Publish(Private.Count);
        }
        else if (behind > patience)
        {
            End();
            Abandon();
        }
    }

    private void End()
    {
        Attempts++;
        _isTrying = false;
    }
}
