namespace Chain.Core.Machines;

/// <summary>The effects of <see cref="IEffects"/>, one for each member.</summary>
public enum EffectKind
{
    /// <summary><see cref="IEffects.Send"/>.</summary>
    Send,

    /// <summary><see cref="IEffects.Dial"/>.</summary>
    Dial,

    /// <summary><see cref="IEffects.Close"/>.</summary>
    Close,

    /// <summary><see cref="IEffects.SetTimer"/>.</summary>
    SetTimer,

    /// <summary><see cref="IEffects.CancelTimer"/>.</summary>
    CancelTimer,

    /// <summary><see cref="IEffects.Write"/>.</summary>
    Write,

    /// <summary><see cref="IEffects.HoldUntilDurable"/>.</summary>
    HoldUntilDurable,

    /// <summary><see cref="IEffects.Offload"/>.</summary>
    Offload,

    /// <summary><see cref="IEffects.Emit"/>.</summary>
    Emit,
}
