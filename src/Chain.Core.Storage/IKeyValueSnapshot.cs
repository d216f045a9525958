using Chain.Core.Machines;

namespace Chain.Core.Storage;

/// <summary>A store as it was at one moment.</summary>
public interface IKeyValueSnapshot : IKeyValueReader, IDisposable;
