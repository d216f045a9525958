namespace Chain.Core.Ledger;

/// <summary>Whether a validator may act.</summary>
public enum ValidatorStanding : byte
{
    /// <summary>It acts if its stake suffices.</summary>
    Good = 0,

    /// <summary>It was absent, and acts again when its operator asks for it.</summary>
    Jailed = 1,

    /// <summary>It equivocated, and never acts again.</summary>
    Banned = 2,
}
