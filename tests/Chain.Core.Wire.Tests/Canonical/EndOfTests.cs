namespace Chain.Core.Wire.Tests.Canonical;

public sealed class EndOfTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(127UL)]
    [InlineData(128UL)]
    [InlineData(255UL)]
    [InlineData(256UL)]
    [InlineData(65_535UL)]
    [InlineData(65_536UL)]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue + 1UL)]
    [InlineData(ulong.MaxValue)]
    public void EndOf_Number_IsWhereTheNextValueBegins(ulong number)
    {
        WireWriter writer = new WireWriter().UInt64(1).UInt64(number);
        int end = writer.Written.Length;

        Assert.Equal(end, WireValue.EndOf(writer.Boolean(true).ToArray(), 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void EndOf_Bytes_IsWhereTheNextValueBegins(int length)
    {
        WireWriter writer = new WireWriter().UInt64(1).Bytes(new byte[length]);
        int end = writer.Written.Length;

        Assert.Equal(end, WireValue.EndOf(writer.Boolean(true).ToArray(), 1));
    }
}
