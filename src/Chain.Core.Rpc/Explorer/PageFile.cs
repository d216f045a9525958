namespace Chain.Core.Rpc;

/// <summary>A file of the explorer's page.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Tag">Changes with the bytes, quoted for HTTP.</param>
internal sealed record PageFile(ReadOnlyMemory<byte> Content, string Type, string Tag);
