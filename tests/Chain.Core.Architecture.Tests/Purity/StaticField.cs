namespace Chain.Core.Architecture.Tests.Purity;

/// <summary>A static field: its full name, the name of its type, and whether only the type initialiser sets it.</summary>
internal sealed record StaticField(string Name, string Type, bool IsReadOnly);
