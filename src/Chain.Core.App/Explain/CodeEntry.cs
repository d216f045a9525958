namespace Chain.Core.App.Explain;

/// <summary>A code with its title and what to know and do about it.</summary>
internal sealed record CodeEntry(string Code, string Title, string Text);
