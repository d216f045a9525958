namespace Chain.Core.Simulation;

/// <summary>How a disk reads its log after a loss of power. All but the first are planted faults, by which tests are tested.</summary>
internal enum DiskRecovery
{
    /// <summary>Up to the first record that is not whole.</summary>
    Prefix,

    /// <summary>Up to the first record that is not whole, and of that what is there.</summary>
    TakesTorn,

    /// <summary>Every record that is whole, also after one that is not.</summary>
    SkipsBroken,
}
