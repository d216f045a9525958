namespace Chain.Core.Rpc;

/// <summary>One way in which a call can fail.</summary>
/// <param name="Number">The number of JSON-RPC: from −32768 to −32600 the standard's, from −32099 to −32000 ours.</param>
/// <param name="Code">The stable code for people, scripts and documentation.</param>
/// <param name="Message">What went wrong, in one line.</param>
/// <param name="Hint">What to do about it.</param>
internal sealed record ErrorKind(int Number, string Code, string Message, string Hint);
