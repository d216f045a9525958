using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Chain.Core.App.Home;
using Chain.Core.Crypto;
using Chain.Core.Node;

namespace Chain.Core.App.Keys;

/// <summary><c>keys new|list|show|import|export</c>: the keys of a node, each in an encrypted file.</summary>
internal static class KeysVerb
{
    public static Command Create(VerbScope scope)
    {
        var command = new Command("keys", "Makes, lists and moves keys. They are encrypted files, mode 0600.");
        command.Subcommands.Add(New(scope));
        command.Subcommands.Add(List(scope));
        command.Subcommands.Add(Show(scope));
        command.Subcommands.Add(Import(scope));
        command.Subcommands.Add(Export(scope));
        return command;
    }

    private static Command New(VerbScope scope)
    {
        var command = new Command("new", "Makes a key: validator to vote, account to hold coins.");
        Argument<string> kind = Kind();
        Option<string?> name = Name();
        var passphrase = new PassphraseSource(scope);
        command.Arguments.Add(kind);
        command.Options.Add(name);
        passphrase.AddTo(command);
        command.SetAction(parsed =>
        {
            (NodeHome home, string chosen) = PlaceOf(scope, parsed, name, kind);
            string secret = passphrase.ReadNew(parsed);
            byte[] seed = RandomNumberGenerator.GetBytes(Ed25519PrivateKey.SeedSize);
            KeyFile made = KeyFile.Create(home, chosen, IsValidator(parsed.GetValue(kind)), seed, secret, scope.App.KeyCost);
            CryptographicOperations.ZeroMemory(seed);
            File.WriteAllText(made.NewFile, "This key was made here. Do not copy this file with the key.\n");
            Answer(scope, parsed, made);
            return 0;
        });
        return command;
    }

    private static Command List(VerbScope scope)
    {
        var command = new Command("list", "Lists the keys of the node; no passphrase is needed.");
        command.SetAction(parsed =>
        {
            foreach (KeyFile key in KeyFile.List(NodeHome.Of(scope, parsed)))
            {
                scope.Answer(parsed, Describe(key), output => output.WriteLine($"{key.Name,-16} {key.Kind,-9} 0x{key.Address.Value}"));
            }

            return 0;
        });
        return command;
    }

    private static Command Show(VerbScope scope)
    {
        var command = new Command("show", "Shows what of a key is public.");
        Argument<string> name = NameOfKey();
        command.Arguments.Add(name);
        command.SetAction(parsed =>
        {
            Answer(scope, parsed, KeyFile.Find(NodeHome.Of(scope, parsed), parsed.GetValue(name)!));
            return 0;
        });
        return command;
    }

    private static Command Import(VerbScope scope)
    {
        var command = new Command("import", "Takes a keystore (ERC-2335) of an Ed25519 key in, after the passphrase has opened it.");
        var file = new Argument<string>("file") { Description = "the keystore" };
        Argument<string> kind = Kind();
        Option<string?> name = Name();
        var passphrase = new PassphraseSource(scope);
        command.Arguments.Add(kind);
        command.Arguments.Add(file);
        command.Options.Add(name);
        passphrase.AddTo(command);
        command.SetAction(parsed =>
        {
            (NodeHome home, string chosen) = PlaceOf(scope, parsed, name, kind);
            KeyFile given = KeyFile.Read(parsed.GetValue(file)!);
            string secret = passphrase.Read(parsed, $"passphrase of {given.Path}");
            byte[] seed = given.Open(secret);
            KeyFile taken = KeyFile.Create(home, chosen, IsValidator(parsed.GetValue(kind)), seed, secret, scope.App.KeyCost);
            CryptographicOperations.ZeroMemory(seed);
            Answer(scope, parsed, taken);
            return 0;
        });
        return command;
    }

    private static Command Export(VerbScope scope)
    {
        var command = new Command("export", "Copies the encrypted file of a key, mode 0600. A validator's key must never run in two places.");
        Argument<string> name = NameOfKey();
        var to = new Option<string>("--out", "-o") { Description = "the file to write; must not be there", Required = true };
        command.Arguments.Add(name);
        command.Options.Add(to);
        command.SetAction(parsed =>
        {
            KeyFile key = KeyFile.Find(NodeHome.Of(scope, parsed), parsed.GetValue(name)!);
            string path = Path.GetFullPath(parsed.GetValue(to)!);
            KeyFile.RequireFree(path);
            KeystoreFile.Write(path, File.ReadAllBytes(key.Path));
            scope.Answer(parsed, new JsonObject { ["file"] = path }, output => output.WriteLine($"{path}: {key.Kind} 0x{key.Address.Value}, under the same passphrase"));
            return 0;
        });
        return command;
    }

    /// <summary>Where a key is to be put: the name that is given, or that of its kind, as long as no key has it.</summary>
    private static (NodeHome Home, string Name) PlaceOf(VerbScope scope, ParseResult parsed, Option<string?> name, Argument<string> kind)
    {
        NodeHome home = NodeHome.Of(scope, parsed);
        string chosen = parsed.GetValue(name) ?? parsed.GetValue(kind)!;
        KeyFile.RequireFree(KeyFile.PathOf(home, chosen));
        return (home, chosen);
    }

    private static void Answer(VerbScope scope, ParseResult parsed, KeyFile key) => scope.Answer(parsed, Describe(key), output =>
    {
        output.WriteLine($"{key.Kind} {key.Name} in {key.Path}");
        output.WriteLine($"address     0x{key.Address.Value}");
        output.WriteLine($"public key  0x{Convert.ToHexStringLower(key.PublicKey.Span)}");
    });

    private static JsonObject Describe(KeyFile key) => new()
    {
        ["name"] = key.Name,
        ["kind"] = key.Kind,
        ["address"] = $"0x{key.Address.Value}",
        ["publicKey"] = $"0x{Convert.ToHexStringLower(key.PublicKey.Span)}",
        ["file"] = key.Path,
    };

    private static bool IsValidator(string? kind) => kind == "validator";

    private static Argument<string> Kind() => new Argument<string>("kind") { Description = "validator or account" }.AcceptOnlyFromAmong("validator", "account");

    private static Option<string?> Name() => new("--name", "-n") { Description = "the name of the key; that of its kind by default" };

    private static Argument<string> NameOfKey() => new("name") { Description = "the name of a key" };
}
