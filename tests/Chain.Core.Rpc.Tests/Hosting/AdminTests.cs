using System.Net;
using System.Net.Http.Headers;

namespace Chain.Core.Rpc.Tests.Hosting;

/// <summary>The listener for administration and its token.</summary>
public sealed class AdminTests : IDisposable
{
    private const string Seal = """{"jsonrpc":"2.0","method":"dev_v1_seal","id":1}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("chain-rpc-").FullName;

    private string TokenFile => Path.Combine(_folder, "rpc.token");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Admin_WithTheToken_MaySeal()
    {
        await using ServedNode served = await StartAsync();

        using HttpResponseMessage response = await PostAsync(served, new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(TokenFile)).Trim()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"accepted\":true", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await served.Node.WaitForHeightAsync(1);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Bearer", "wrong")]
    [InlineData("Basic", "wrong")]
    [InlineData("Bearer", "")]
    public async Task Admin_WithoutTheToken_IsUnauthorizedWhateverItAsks(string? scheme, string? token)
    {
        await using ServedNode served = await StartAsync();

        using HttpResponseMessage response = await PostAsync(served, scheme is null ? null : new AuthenticationHeaderValue(scheme, token));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("CC4015", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0UL, served.Node.Head.Height.Value);
    }

    [Fact]
    public async Task Public_WithTheToken_HasNoMethodsForAdministration()
    {
        await using ServedNode served = await StartAsync();
        served.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(TokenFile)).Trim());

        Assert.Equal("CC4003", await served.ErrorAsync("dev_v1_seal"));
        Assert.DoesNotContain("dev_v1_seal", (await served.ResultAsync("rpc_methods")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenFile_OnceMade_IsTheOwnersAloneAndIsKept()
    {
        await using (await StartAsync())
        {
        }

        string first = await File.ReadAllTextAsync(TokenFile);
        await using (await StartAsync())
        {
        }

        Assert.Equal(first, await File.ReadAllTextAsync(TokenFile));
        Assert.Equal(65, first.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TokenFile));
        }
    }

    [Fact]
    public async Task TokenFile_ThatOthersCanRead_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Modes of files are a matter of Unix.
        }

        await File.WriteAllTextAsync(TokenFile, new string('a', 64));
        File.SetUnixFileMode(TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        RpcConfigurationException refused = await Assert.ThrowsAsync<RpcConfigurationException>(StartAsync);

        Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
    }

    private async Task<ServedNode> StartAsync() => await ServedNode.StartAsync(
        () => TestChain.StartAsync(),
        new RpcServerOptions { Admin = new RpcAdminOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), TokenFile = TokenFile } });

    private static async Task<HttpResponseMessage> PostAsync(ServedNode served, AuthenticationHeaderValue? authorization)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = authorization;
        return await http.PostAsync(served.Server.AdminUrl, new StringContent(Seal));
    }
}
