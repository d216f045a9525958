using System.Buffers;
using System.Text.Json;

namespace Chain.Core.Rpc;

/// <summary>Where an answer is written before it is sent. Used again for the next one.</summary>
internal sealed class ResponseBuffer : IDisposable
{
    /// <summary>A longer answer is a large one.</summary>
    public const int KeptBytes = 64 * 1024;

    private const int FirstBytes = 1024;

    private ArrayBufferWriter<byte> _bytes = new(FirstBytes);

    public ResponseBuffer() => Writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    public Utf8JsonWriter Writer { get; }

    /// <summary>How much was written so far.</summary>
    public long Length => Writer.BytesCommitted + Writer.BytesPending;

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Empties it, and lets go of memory that only a large answer needed.</summary>
    public void Clear()
    {
        if (_bytes.Capacity > KeptBytes)
        {
            _bytes = new ArrayBufferWriter<byte>(FirstBytes);
        }
        else
        {
            _bytes.ResetWrittenCount();
        }

        Writer.Reset(_bytes);
    }

    public void Dispose() => Writer.Dispose();
}
