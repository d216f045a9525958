using System.Collections.Frozen;
using System.Reflection;
using Chain.Core.Crypto;
using Microsoft.AspNetCore.Http;

namespace Chain.Core.Rpc;

/// <summary>
/// <c>GET /explorer</c>: a page that shows the chain, from the resources of this assembly. Nothing that it is made of comes from the
/// chain or from elsewhere: its scripts ask this server, and the policy sent with it lets the browser ask no other.
/// </summary>
internal sealed class ExplorerEndpoint(RpcHost host)
{
    public const string Path = "/explorer";

    private const string ResourceFolder = "explorer";
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly FrozenDictionary<string, PageFile> _files = ReadFiles();

    public static bool Owns(string path) => path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal);

    public async Task ServeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (!_files.TryGetValue(path is Path or Path + "/" ? Path + "/index.html" : path, out PageFile? file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await host.SendAsync(context, file.Content, file.Type).ConfigureAwait(false);
    }

    private static FrozenDictionary<string, PageFile> ReadFiles()
    {
        Assembly assembly = typeof(ExplorerEndpoint).Assembly;
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            string name = resource.Replace('\\', '/');
            if (name.StartsWith(ResourceFolder + "/", StringComparison.Ordinal))
            {
                using Stream stream = assembly.GetManifestResourceStream(resource)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                files.Add("/" + name, new PageFile(content, TypeOf(name), $"\"{Sha256.Hash(content)}\""));
            }
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"The page has a file of an unknown kind: {other}."),
    };
}
