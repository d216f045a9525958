namespace Chain.Core.App.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Check">What was looked at, in a word or two.</param>
/// <param name="Level">How it is.</param>
/// <param name="Text">What was found.</param>
/// <param name="Advice">What to do; null where all is well.</param>
internal sealed record Finding(string Check, FindingLevel Level, string Text, string? Advice = null)
{
    public static Finding Ok(string check, string text) => new(check, FindingLevel.Ok, text);

    public static Finding Warn(string check, string text, string advice) => new(check, FindingLevel.Warn, text, advice);

    public static Finding Fail(string check, string text, string advice) => new(check, FindingLevel.Fail, text, advice);
}
