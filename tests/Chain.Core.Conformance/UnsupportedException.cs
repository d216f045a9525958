namespace Chain.Core.Conformance;

/// <summary>The request names a parameter that does not exist yet.</summary>
internal sealed class UnsupportedException : Exception;
