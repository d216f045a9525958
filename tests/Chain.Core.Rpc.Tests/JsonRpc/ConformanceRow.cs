using System.Text;

namespace Chain.Core.Rpc.Tests.JsonRpc;

/// <summary>What is sent, and the exact answer; an empty one stands for none.</summary>
/// <param name="Name">What the row is about.</param>
/// <param name="Request">The bytes, one for each character.</param>
/// <param name="Answer">The answer without the <c>data</c> of errors, which has tests of its own.</param>
public sealed record ConformanceRow(string Name, string Request, string Answer)
{
    /// <summary>Latin-1, so that a row can hold any bytes.</summary>
    public byte[] Bytes => Encoding.Latin1.GetBytes(Request);

    public override string ToString() => Name;
}
