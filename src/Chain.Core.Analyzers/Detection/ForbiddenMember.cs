namespace Chain.Core.Analyzers;

/// <summary>What a table says of a namespace, a type or a member.</summary>
/// <param name="rule">The rule that it breaks, or null where it is an exception of a wider entry.</param>
/// <param name="instead">What to use instead.</param>
internal sealed class ForbiddenMember(Rule? rule, string instead)
{
    public Rule? Rule { get; } = rule;

    public string Instead { get; } = instead;
}
