namespace Chain.Core.Fuzz;

/// <summary>The decoder answered, and wrongly.</summary>
internal sealed class OracleException(string what) : Exception(what);
