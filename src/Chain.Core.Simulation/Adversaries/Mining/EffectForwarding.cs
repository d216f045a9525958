using Chain.Core.Machines;

namespace Chain.Core.Simulation;

/// <summary>Hands an effect of a machine inside on to the host of the machine around it.</summary>
internal static class EffectForwarding
{
    public static void Forward(in Effect effect, IEffects effects)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send: effects.Send(effect.Connection, effect.Message); break;
            case EffectKind.Dial: effects.Dial(effect.Address); break;
            case EffectKind.Close: effects.Close(effect.Connection, effect.Reason); break;
            case EffectKind.SetTimer: effects.SetTimer(effect.Timer, effect.Due); break;
            case EffectKind.CancelTimer: effects.CancelTimer(effect.Timer); break;
            case EffectKind.Write: effects.Write(effect.Batch, effect.Durability); break;
            case EffectKind.HoldUntilDurable: effects.HoldUntilDurable(); break;
            case EffectKind.Offload: effects.Offload(effect.JobId, effect.Job); break;
            case EffectKind.Emit: effects.Emit(effect.Event); break;
            default: throw new InvalidOperationException($"There is no effect of the kind {effect.Kind}.");
        }
    }
}
