using System.CommandLine;
using System.Globalization;

namespace Chain.Core.App;

/// <summary>Options that take a whole number.</summary>
internal static class NumberOption
{
    /// <summary>Refuses numbers outside of these bounds.</summary>
    public static Option<int> Between(this Option<int> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            // A word that is no number is refused by the parser, which has not looked at it yet.
            if (result.Tokens is [{ Value: var word }] && int.TryParse(word, CultureInfo.InvariantCulture, out int number) && (number < least || number > most))
            {
                result.AddError($"{option.Name}: expected {least} to {most}");
            }
        });
        return option;
    }
}
