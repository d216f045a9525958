using System.Security.Cryptography;
using System.Text;

namespace Chain.Core.Rpc;

/// <summary>The secret that opens the listener for administration.</summary>
internal sealed class AdminToken
{
    private const int TokenBytes = 32;
    private const int MinLength = 32;
    private const int MaxFileBytes = 4096;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private AdminToken(string token) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Reads the file, or makes it with a fresh token.</summary>
    /// <exception cref="RpcConfigurationException">It cannot be read or made, others can read it, or it holds no good token.</exception>
    public static AdminToken ReadOrCreate(string path)
    {
        try
        {
            return new AdminToken(File.Exists(path) ? Read(path) : Create(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RpcConfigurationException($"Rpc:Admin:TokenFile: {path} cannot be used: {fault.Message}", fault);
        }
    }

    /// <summary>Whether a header of a request carries the token. Takes the same time whatever it carries.</summary>
    public bool IsIn(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        byte[] given = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()));
        return CryptographicOperations.FixedTimeEquals(given, _hash);
    }

    private static string Read(string path)
    {
        if (OwnerOnlyFile.IsOpenToOthers(path))
        {
            throw new RpcConfigurationException($"Rpc:Admin:TokenFile: {path} can be used by others than its owner: chmod 600 {path}");
        }

        if (new FileInfo(path).Length > MaxFileBytes)
        {
            throw new RpcConfigurationException($"Rpc:Admin:TokenFile: {path} is no token: expected one line.");
        }

        string token = File.ReadAllText(path).Trim();
        return token.Length >= MinLength && !token.Any(char.IsWhiteSpace)
            ? token
            : throw new RpcConfigurationException($"Rpc:Admin:TokenFile: expected at least {MinLength} characters without spaces in {path}.");
    }

    private static string Create(string path)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnlyFile.Mode;
        }

        using var file = new StreamWriter(path, options);
        file.WriteLine(token);
        return token;
    }
}
