namespace Chain.Core.Simulation.Laboratory;

/// <summary>A rule by which hash power or stake is spread.</summary>
public enum PowerRule
{
    /// <summary>All have the same.</summary>
    Equal,

    /// <summary>The n-th has an n-th of what the first has.</summary>
    Zipf,

    /// <summary>As <see cref="PowerPlan.Shares"/> says.</summary>
    Listed,
}
