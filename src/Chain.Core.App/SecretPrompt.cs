using System.Text;

namespace Chain.Core.App;

/// <summary>Asks on the terminal for a text that nobody may see over a shoulder.</summary>
internal static class SecretPrompt
{
    public static string Ask(string question)
    {
        Console.Error.Write($"{question}: ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length -= typed.Length > 0 ? 1 : 0;
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
