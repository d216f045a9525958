using System.Text;

namespace Chain.Core.App;

/// <summary>Asks on the terminal for a text that nobody may see over a shoulder.</summary>
internal static class SecretPrompt
{
    /// <exception cref="OperationCanceledException">Ctrl+C was pressed: as a signal it would reach a process that waits for a key, and not end it.</exception>
    public static string Ask(string question)
    {
        bool isInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            Console.Error.Write($"{question}: ");
            return Read();
        }
        finally
        {
            Console.TreatControlCAsInput = isInput;
            Console.Error.WriteLine();
        }
    }

    private static string Read()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
            {
                throw new OperationCanceledException();
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length -= typed.Length > 0 ? 1 : 0;
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        return typed.ToString();
    }
}
