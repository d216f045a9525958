namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>A type as a signature mentions it: the name of its definition, and whether it holds floating point.</summary>
internal readonly record struct SignatureType(string Name, bool IsExternal, bool IsFloating);
