namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>A type or member of another party's assembly, and a method of ours that uses it.</summary>
/// <param name="Type">Full name without arity.</param>
/// <param name="Member">Its member, or null where the type is only mentioned.</param>
/// <param name="IsFloating">Whether the member takes or returns floating point.</param>
/// <param name="Site">The first method that uses it, or a note that only signatures do.</param>
internal sealed record ExternalUse(string Type, string? Member, bool IsFloating, string Site)
{
    public string Name => Member is null ? Type : $"{Type}::{Member}";

    public override string ToString() => $"{Name} in {Site}";
}
