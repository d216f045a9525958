namespace Chain.Core.Conformance;

/// <summary>The request lacks a field, or has one of a wrong kind.</summary>
internal sealed class InvalidRequestException(string why) : Exception(why);
