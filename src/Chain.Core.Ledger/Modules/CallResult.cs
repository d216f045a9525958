namespace Chain.Core.Ledger;

/// <summary>How a call ended. The default value is success.</summary>
public readonly record struct CallResult
{
    private CallResult(string reason) => Reason = reason;

    /// <summary>The call did what it was asked.</summary>
    public static CallResult Success => default;

    /// <summary>Why the call failed, or null where it did not.</summary>
    public string? Reason { get; }

    /// <summary>Whether the call failed, so that everything it changed is undone.</summary>
    public bool IsFailure => Reason is not null;

    /// <summary>The call failed: everything it changed is undone; the fee stays paid and the nonce used.</summary>
    /// <param name="reason">For people to read; the same on every node. Cut at <see cref="Receipt.MaxReasonBytes"/>.</param>
    public static CallResult Failure(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new CallResult(reason);
    }
}
