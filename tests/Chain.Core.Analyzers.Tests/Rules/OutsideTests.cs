using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class OutsideTests
{
    [Theory]
    [InlineData("_ = [|File.ReadAllText(\"rate.txt\")|];")]
    [InlineData("using var stream = [|new FileStream(\"a\", FileMode.Open)|];")]
    [InlineData("_ = [|Directory.GetFiles(\"data\")|];")]
    [InlineData("[|Console.WriteLine(\"called\")|];")]
    [InlineData("[|Console.Out|].WriteLine(\"called\");")]
    [InlineData("_ = [|Environment.MachineName|];")]
    [InlineData("_ = [|Environment.GetEnvironmentVariable(\"RATE\")|];")]
    [InlineData("_ = \"a\" + [|Environment.NewLine|];")]
    [InlineData("using var client = [|new System.Net.Http.HttpClient()|];")]
    [InlineData("_ = [|System.Net.Dns.GetHostName()|];")]
    [InlineData("_ = [|OperatingSystem.IsLinux()|];")]
    [InlineData("_ = [|System.Diagnostics.Process.GetCurrentProcess()|];")]
    [InlineData("_ = [|GC.GetTotalMemory(false)|];")]
    [InlineData("_ = [|Path.GetFullPath(\"a\")|];")]
    public Task Outside_InACall_IsFound(string statement) => Analysis.AssertFindsAsync("CC1006", Subject.Call(statement));

    [Fact]
    public Task NativeCode_InACall_IsFound() => Analysis.AssertFindsAsync("CC1006", Subject.Call(
        "_ = [|Native()|];", "[System.Runtime.InteropServices.DllImport(\"native\")] private static extern int Native();"));

    [Theory]
    [InlineData("using var stream = new MemoryStream(); stream.WriteByte(1); using var reader = new BinaryReader(stream);")]
    [InlineData("_ = System.Net.IPAddress.TryParse(\"127.0.0.1\", out _);")]
    [InlineData("byte[] room = GC.AllocateUninitializedArray<byte>(32);")]
    [InlineData("_ = Path.GetExtension(\"a.txt\");")]
    [InlineData("throw new InvalidDataException(\"damaged\");")]
    public Task Values_InACall_AreClean(string statement) => Analysis.AssertFindsAsync("CC1006", Subject.Call(statement));
}
