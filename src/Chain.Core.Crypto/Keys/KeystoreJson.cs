using System.Buffers;
using System.Text.Json;

namespace Chain.Core.Crypto;

/// <summary>The JSON of ERC-2335, read strictly: every function known, every length bounded, no name twice.</summary>
internal static class KeystoreJson
{
    private const int Version = 4;
    private const int MaxSaltSize = 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static byte[] Write(KeystoreContent content)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartObject("crypto");
            WriteKdf(json, content.Kdf, content.Salt);
            WriteModule(json, "checksum", "sha256", content.Checksum, static (_, _) => { }, []);
            WriteModule(json, "cipher", "aes-128-ctr", content.Ciphertext, static (json, iv) => WriteHex(json, "iv", iv), content.Iv);
            json.WriteEndObject();
            json.WriteString("description", content.Description);
            WriteHex(json, "pubkey", content.PublicKey.Span);
            json.WriteString("path", content.Path);
            json.WriteString("uuid", content.Uuid);
            json.WriteNumber("version", Version);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    public static KeystoreStatus Read(ReadOnlySpan<byte> bytes, out KeystoreContent? content)
    {
        content = null;
        if (bytes.Length > Keystore.MaxFileSize)
        {
            return KeystoreStatus.Malformed;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.ToArray(), Strict);
            return Read(document.RootElement, out content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what the reader throws for text that is not Unicode.
            return KeystoreStatus.Malformed;
        }
    }

    private static void WriteKdf(Utf8JsonWriter json, KeystoreKdf kdf, byte[] salt)
    {
        json.WriteStartObject("kdf");
        json.WriteString("function", kdf is KeystoreKdf.Scrypt ? "scrypt" : "pbkdf2");
        json.WriteStartObject("params");
        json.WriteNumber("dklen", KeystoreKdf.KeySize);
        if (kdf is KeystoreKdf.Scrypt scrypt)
        {
            json.WriteNumber("n", scrypt.N);
            json.WriteNumber("p", scrypt.P);
            json.WriteNumber("r", scrypt.R);
        }
        else
        {
            json.WriteNumber("c", ((KeystoreKdf.Pbkdf2)kdf).Iterations);
            json.WriteString("prf", "hmac-sha256");
        }

        WriteHex(json, "salt", salt);
        json.WriteEndObject();
        json.WriteString("message", "");
        json.WriteEndObject();
    }

    private static void WriteModule(
        Utf8JsonWriter json, string name, string function, byte[] message, Action<Utf8JsonWriter, byte[]> writeParameters, byte[] parameter)
    {
        json.WriteStartObject(name);
        json.WriteString("function", function);
        json.WriteStartObject("params");
        writeParameters(json, parameter);
        json.WriteEndObject();
        WriteHex(json, "message", message);
        json.WriteEndObject();
    }

    private static void WriteHex(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes) =>
        json.WriteString(name, Convert.ToHexStringLower(bytes));

    private static KeystoreStatus Read(JsonElement root, out KeystoreContent? content)
    {
        content = null;
        if (!TryNumber(root, "version", out long version))
        {
            return KeystoreStatus.Malformed;
        }

        if (version != Version)
        {
            return KeystoreStatus.Unsupported;
        }

        if (!TryObject(root, "crypto", out JsonElement crypto)
            || !TryModule(crypto, "kdf", out JsonElement kdfModule, out string kdfName)
            || !TryModule(crypto, "checksum", out JsonElement checksumModule, out string checksumName)
            || !TryModule(crypto, "cipher", out JsonElement cipherModule, out string cipherName))
        {
            return KeystoreStatus.Malformed;
        }

        if (checksumName != "sha256" || cipherName != "aes-128-ctr")
        {
            return KeystoreStatus.Unsupported;
        }

        KeystoreStatus status = ReadKdf(kdfModule, kdfName, out KeystoreKdf? kdf);
        if (kdf is null)
        {
            return status;
        }

        bool isWhole = TryHex(kdfModule.GetProperty("params"), "salt", 0, MaxSaltSize, out byte[] salt)
            & TryHex(checksumModule, "message", Keystore.ChecksumSize, Keystore.ChecksumSize, out byte[] checksum)
            & TryHex(cipherModule, "message", 1, Keystore.MaxSecretSize, out byte[] ciphertext)
            & TryHex(cipherModule.GetProperty("params"), "iv", KeystoreSettings.IvSize, KeystoreSettings.IvSize, out byte[] iv)
            & TryOptionalText(root, "path", out string path)
            & TryOptionalText(root, "description", out string description)
            & TryOptionalHex(root, "pubkey", out byte[] publicKey)
            & TryUuid(root, out Guid uuid);
        if (!isWhole)
        {
            return KeystoreStatus.Malformed;
        }

        content = new KeystoreContent
        {
            Kdf = kdf,
            Salt = salt,
            Iv = iv,
            Checksum = checksum,
            Ciphertext = ciphertext,
            Path = path,
            PublicKey = publicKey,
            Description = description,
            Uuid = uuid,
        };
        return KeystoreStatus.Ok;
    }

    private static KeystoreStatus ReadKdf(JsonElement module, string function, out KeystoreKdf? kdf)
    {
        kdf = null;
        JsonElement parameters = module.GetProperty("params");
        if (function is not ("scrypt" or "pbkdf2"))
        {
            return KeystoreStatus.Unsupported;
        }

        // Only the first 32 bytes are used, and they do not depend on the length.
        if (!TryNumber(parameters, "dklen", out long size) || size < KeystoreKdf.KeySize
            || (function == "pbkdf2" && (!TryText(parameters, "prf", out string prf) || prf != "hmac-sha256")))
        {
            return KeystoreStatus.Malformed;
        }

        KeystoreKdf? read = ReadCost(parameters, function);
        if (read is null)
        {
            return KeystoreStatus.Malformed;
        }

        kdf = read.IsAcceptable ? read : null;
        return kdf is null ? KeystoreStatus.TooCostly : KeystoreStatus.Ok;
    }

    private static KeystoreKdf? ReadCost(JsonElement parameters, string function)
    {
        if (function == "pbkdf2")
        {
            return TryNumber(parameters, "c", out long iterations) ? new KeystoreKdf.Pbkdf2(Saturate(iterations)) : null;
        }

        return TryNumber(parameters, "n", out long n) && TryNumber(parameters, "r", out long r) && TryNumber(parameters, "p", out long p)
            ? new KeystoreKdf.Scrypt(Saturate(n), Saturate(r), Saturate(p))
            : null;
    }

    /// <summary>What does not fit is far beyond every limit anyhow.</summary>
    private static int Saturate(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    private static bool TryModule(JsonElement crypto, string name, out JsonElement module, out string function)
    {
        function = "";
        return TryObject(crypto, name, out module) && TryText(module, "function", out function)
            && TryObject(module, "params", out _);
    }

    private static bool TryObject(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out value)
            && value.ValueKind == JsonValueKind.Object;
    }

    private static bool TryNumber(JsonElement parent, string name, out long value)
    {
        value = 0;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out value);
    }

    private static bool TryText(JsonElement parent, string name, out string value)
    {
        value = "";
        if (!parent.TryGetProperty(name, out JsonElement text) || text.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        value = text.GetString()!;
        return true;
    }

    private static bool TryOptionalText(JsonElement parent, string name, out string value)
    {
        value = "";
        return !parent.TryGetProperty(name, out _)
            || (TryText(parent, name, out value) && value.Length <= KeystoreSettings.MaxTextLength);
    }

    private static bool TryHex(JsonElement parent, string name, int least, int most, out byte[] bytes)
    {
        bytes = [];
        if (!TryText(parent, name, out string text) || text.Length < 2 * least || text.Length > 2 * most)
        {
            return false;
        }

        var read = new byte[text.Length / 2];
        bool isHex = Convert.FromHexString(text, read, out int consumed, out _) == OperationStatus.Done && consumed == text.Length;
        bytes = isHex ? read : [];
        return isHex;
    }

    private static bool TryOptionalHex(JsonElement parent, string name, out byte[] bytes)
    {
        bytes = [];
        return !parent.TryGetProperty(name, out _) || TryHex(parent, name, 0, KeystoreSettings.MaxTextLength / 2, out bytes);
    }

    private static bool TryUuid(JsonElement root, out Guid uuid)
    {
        uuid = default;
        return TryText(root, "uuid", out string text) && Guid.TryParseExact(text, "D", out uuid);
    }
}
