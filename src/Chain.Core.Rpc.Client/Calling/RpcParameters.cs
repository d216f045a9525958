using System.Text.Json;
using Chain.Core.Crypto;

namespace Chain.Core.Rpc.Client;

/// <summary>Writes the parameters of a call, by their places.</summary>
internal sealed class RpcParameters
{
    private readonly List<Action<Utf8JsonWriter>> _writes = [];

    public RpcParameters Add(string text)
    {
        _writes.Add(writer => writer.WriteStringValue(text));
        return this;
    }

    public RpcParameters Add(int number)
    {
        _writes.Add(writer => writer.WriteNumberValue(number));
        return this;
    }

    public RpcParameters Add(in Hash256 hash) => Add("0x" + hash);

    public RpcParameters Add(ReadOnlyMemory<byte> bytes) => Add("0x" + Convert.ToHexStringLower(bytes.Span));

    public RpcParameters Add(IReadOnlyCollection<Hash256> hashes)
    {
        _writes.Add(writer =>
        {
            writer.WriteStartArray();
            foreach (Hash256 hash in hashes)
            {
                writer.WriteStringValue("0x" + hash);
            }

            writer.WriteEndArray();
        });
        return this;
    }

    public RpcParameters Add(BlockQuery block) => Add(block.ToString());

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("params"u8);
        foreach (Action<Utf8JsonWriter> write in _writes)
        {
            write(writer);
        }

        writer.WriteEndArray();
    }
}
