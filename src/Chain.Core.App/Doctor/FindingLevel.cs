namespace Chain.Core.App.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The node runs, not as well as it could.</summary>
    Warn,

    /// <summary>The node does not run like this.</summary>
    Fail,
}
