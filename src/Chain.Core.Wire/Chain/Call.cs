namespace Chain.Core.Wire;

/// <summary>What a transaction asks for: a method of a module with canonical arguments.</summary>
/// <param name="Module">Name of the module, at most <see cref="WireLimits.NameBytes"/> UTF-8 bytes.</param>
/// <param name="Method">Name of the method, at most <see cref="WireLimits.NameBytes"/> UTF-8 bytes.</param>
/// <param name="Arguments">Encoded as the method says, at most <see cref="WireLimits.ArgumentBytes"/> bytes.</param>
public sealed record Call(string Module, string Method, ReadOnlyMemory<byte> Arguments);
