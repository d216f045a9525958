using System.Diagnostics.CodeAnalysis;
using Chain.Core.Wire;

namespace Chain.Core.Ledger;

/// <summary>Writes and reads one kind of value in its one canonical spelling.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
public sealed class Codec<T>
{
    private readonly Action<WireWriter, T> _write;
    private readonly TryReadValue _tryRead;

    /// <summary>A codec of two functions, each the inverse of the other.</summary>
    /// <param name="write">Appends one value.</param>
    /// <param name="tryRead">Reads one value; false for anything that <paramref name="write"/> does not write.</param>
    /// <param name="shape">What the values look like; <see cref="ValueShape.Opaque"/> where it is not said.</param>
    public Codec(Action<WireWriter, T> write, TryReadValue tryRead, ValueShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(tryRead);
        _write = write;
        _tryRead = tryRead;
        Shape = shape ?? new ValueShape.Opaque();
    }

    /// <summary>Reads one value from hostile bytes and never throws.</summary>
    public delegate bool TryReadValue(ref WireReader reader, [MaybeNullWhen(false)] out T value);

    /// <summary>What the values look like, for people.</summary>
    public ValueShape Shape { get; }

    /// <summary>Appends <paramref name="value"/>.</summary>
    public void Write(WireWriter writer, T value) => _write(writer, value);

    /// <summary>Reads one value and leaves the reader behind it.</summary>
    public bool TryRead(ref WireReader reader, [MaybeNullWhen(false)] out T value) => _tryRead(ref reader, out value);

    /// <summary>The bytes of <paramref name="value"/>.</summary>
    public byte[] Encode(T value)
    {
        var writer = new WireWriter(64);
        _write(writer, value);
        return writer.ToArray();
    }

    /// <summary>Reads a value that fills <paramref name="bytes"/> exactly.</summary>
    public bool TryDecode(ReadOnlyMemory<byte> bytes, [MaybeNullWhen(false)] out T value)
    {
        var reader = new WireReader(bytes);
        return _tryRead(ref reader, out value) && reader.TryEnd();
    }

    /// <summary>The same bytes as another type of value.</summary>
    /// <param name="to">Makes the value from what was read.</param>
    /// <param name="from">The inverse.</param>
    /// <param name="shape">What the other values look like; the same where it is not said.</param>
    public Codec<TOther> As<TOther>(Func<T, TOther> to, Func<TOther, T> from, ValueShape? shape = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(from);
        return new Codec<TOther>(
            (writer, value) => _write(writer, from(value)),
            (ref WireReader reader, [MaybeNullWhen(false)] out TOther value) =>
            {
                bool read = _tryRead(ref reader, out T? inner);
                value = read ? to(inner!) : default;
                return read;
            },
            shape ?? Shape);
    }

    /// <summary>The same codec, with names for the elements of its arrays of fixed length.</summary>
    /// <exception cref="ArgumentException">The values are no such array, or have another number of elements.</exception>
    public Codec<T> Named(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Shape is ValueShape.Tuple { Fields: var fields } && fields.Count == names.Count
            ? new Codec<T>(_write, _tryRead, new ValueShape.Tuple([.. fields.Select((field, i) => field with { Name = names[i] })]))
            : throw new ArgumentException($"{names.Count} names do not fit these values.", nameof(names));
    }
}
