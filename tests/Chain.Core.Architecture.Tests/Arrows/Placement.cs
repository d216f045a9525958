namespace Chain.Core.Architecture.Tests.Arrows;

/// <summary>Where a project stands: its level, what it promises, and the packages and frameworks it may reference.</summary>
internal sealed record Placement(int Level, bool IsPure, bool IsPlugIn, IReadOnlyList<string> Packages);
