namespace Chain.Core.Storage.Tests.Files;

/// <summary>The power is gone: nothing after this happens.</summary>
internal sealed class PowerLostException : Exception;
