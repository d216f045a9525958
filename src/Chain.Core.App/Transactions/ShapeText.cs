using System.Globalization;
using Chain.Core.Ledger;

namespace Chain.Core.App.Transactions;

/// <summary>Shapes in words.</summary>
internal static class ShapeText
{
    /// <summary>How the arguments of a call are typed, such as <c>to=ADDRESS amount=NUMBER</c>.</summary>
    public static string Usage(ValueShape shape)
    {
        IReadOnlyList<ValueField> arguments = CallMaker.ArgumentsOf(shape);
        return string.Join(' ', arguments.Select(each => CallMaker.IsNameless(shape) ? Word(each.Shape) : $"{each.Name}={Word(each.Shape)}"));
    }

    /// <summary>What a value of the shape has to be.</summary>
    public static string Expected(ValueShape shape) => shape switch
    {
        ValueShape.Integer integer => string.Create(CultureInfo.InvariantCulture, $"a whole number of at most {integer.Bits} bits"),
        ValueShape.Truth => "true or false",
        ValueShape.Hash => "32 bytes in hexadecimal",
        ValueShape.Address => "an address, 32 bytes in hexadecimal, or the name of a key of this node",
        ValueShape.Height => "the height of a block",
        ValueShape.Time => "a time such as 2026-01-31T12:00:00Z, or milliseconds since 1970",
        ValueShape.Bytes bytes => string.Create(CultureInfo.InvariantCulture, $"at most {bytes.MaxBytes} bytes in hexadecimal"),
        ValueShape.Text text => string.Create(CultureInfo.InvariantCulture, $"a text of at most {text.MaxBytes} bytes"),
        ValueShape.Tuple tuple => $"an array in JSON with {string.Join(", ", tuple.Fields.Select(static field => $"{field.Name} {Word(field.Shape)}".TrimStart()))}",
        ValueShape.List list => string.Create(CultureInfo.InvariantCulture, $"an array in JSON with at most {list.MaxCount} times {Word(list.Element)}"),
        _ => "the canonical bytes in hexadecimal",
    };

    private static string Word(ValueShape shape) => shape switch
    {
        ValueShape.Integer => "NUMBER",
        ValueShape.Truth => "true|false",
        ValueShape.Hash => "HASH",
        ValueShape.Address => "ADDRESS",
        ValueShape.Height => "HEIGHT",
        ValueShape.Time => "TIME",
        ValueShape.Text => "TEXT",
        ValueShape.Tuple or ValueShape.List => "JSON",
        _ => "HEX",
    };
}
