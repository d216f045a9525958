using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class CultureTests
{
    private const string Values = "long amount = (long)argument; string text = \"a\"; var names = new List<string>(); ";

    [Theory]
    [InlineData("_ = [|amount.ToString()|];")]
    [InlineData("_ = [|argument.ToString(\"N0\")|];")]
    [InlineData("_ = [|long.Parse(text)|];")]
    [InlineData("_ = [|ulong.TryParse(text, out _)|];")]
    [InlineData("_ = [|DateTime.Parse(text)|];")]
    [InlineData("_ = [|string.Format(\"{0}\", argument)|];")]
    [InlineData("_ = [|$\"{amount} coins\"|];")]
    [InlineData("_ = [|$\"{argument:N0} coins\"|];")]
    [InlineData("_ = \"coins: \" + [|amount|];")]
    [InlineData("text += [|amount|];")]
    [InlineData("_ = [|Convert.ToInt64(text)|];")]
    [InlineData("_ = [|Convert.ToString(amount)|];")]
    [InlineData("_ = [|new StringBuilder().Append(amount)|];")]
    [InlineData("_ = new StringBuilder().AppendLine([|$\"{amount}\"|]);")]
    [InlineData("_ = [|text.ToUpper()|] + [|text.ToLower()|];")]
    [InlineData("_ = [|char.ToUpper('a')|];")]
    [InlineData("_ = [|text.StartsWith(\"a\")|] || [|text.EndsWith(\"a\")|];")]
    [InlineData("_ = [|text.IndexOf(\"a\")|];")]
    [InlineData("_ = [|string.Compare(text, \"a\")|] + [|text.CompareTo(\"a\")|];")]
    [InlineData("_ = string.Equals(text, \"a\", [|StringComparison.CurrentCulture|]);")]
    [InlineData("_ = text.Equals(\"a\", [|StringComparison.InvariantCultureIgnoreCase|]);")]
    [InlineData("_ = new HashSet<string>([|StringComparer.InvariantCulture|]);")]
    [InlineData("_ = amount.ToString([|CultureInfo.CurrentCulture|]);")]
    [InlineData("_ = amount.ToString([|new CultureInfo(\"de-CH\")|]);")]
    [InlineData("_ = [|new SortedDictionary<string, ulong>()|];")]
    [InlineData("_ = [|new SortedSet<string>(names)|];")]
    [InlineData("SortedSet<string> sorted = [|new()|];")]
    [InlineData("_ = [|names.Order()|].First();")]
    [InlineData("_ = [|names.OrderBy(each => each)|].First();")]
    [InlineData("[|names.Sort()|];")]
    [InlineData("[|Array.Sort(new string[2])|];")]
    [InlineData("_ = [|Comparer<string>.Default|];")]
    public Task Culture_InACall_IsFound(string statement) => Analysis.AssertFindsAsync("CC1005", Subject.Call(Values + statement));

    [Theory]
    [InlineData("_ = amount.ToString(CultureInfo.InvariantCulture) + argument.ToString(\"D\", CultureInfo.InvariantCulture);")]
    [InlineData("_ = argument.ToString() + true + 'c' + context.Sender;")]
    [InlineData("_ = long.Parse(text, CultureInfo.InvariantCulture);")]
    [InlineData("_ = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);")]
    [InlineData("_ = $\"{argument} coins of {context.Sender} named {text}\";")]
    [InlineData("_ = string.Create(CultureInfo.InvariantCulture, $\"{amount:N0}\");")]
    [InlineData("_ = FormattableString.Invariant($\"{amount}\");")]
    [InlineData("_ = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $\"{amount}\");")]
    [InlineData("_ = string.Format(CultureInfo.InvariantCulture, \"{0}\", amount);")]
    [InlineData("_ = text.StartsWith('a') || text.StartsWith(\"a\", StringComparison.Ordinal) || text.Contains(\"a\");")]
    [InlineData("_ = text.ToUpperInvariant() == \"A\" && string.CompareOrdinal(text, \"A\") > 0;")]
    [InlineData("_ = new SortedDictionary<string, ulong>(StringComparer.Ordinal);")]
    [InlineData("_ = new SortedDictionary<ulong, string>();")]
    [InlineData("_ = names.Order(StringComparer.Ordinal).OrderBy(each => each.Length);")]
    [InlineData("names.Sort(string.CompareOrdinal); names.Sort(StringComparer.Ordinal);")]
    [InlineData("_ = DayOfWeek.Monday.ToString() + $\"{DayOfWeek.Monday}\";")]
    [InlineData("throw new InvalidOperationException($\"{amount} is too much\" + amount);")]
    [InlineData("const string Version = \"v\"; _ = $\"{Version}{1}\";")]
    public Task InvariantAndOrdinal_InACall_AreClean(string statement) =>
        Analysis.AssertFindsAsync("CC1005", Subject.Call(Values + statement));
}
