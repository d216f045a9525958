namespace Chain.Core.Conformance;

/// <summary>A verb that gives verdicts, one at a time or many at once.</summary>
internal abstract class ManyVerb
{
    /// <summary>Reads the claim; null where a field is no bytes, so that it cannot be true.</summary>
    public abstract object? Read(Request request);

    /// <summary>The single path.</summary>
    public abstract Answer.Verdict Verify(object claim);

    /// <summary>The path for many.</summary>
    /// <returns>One verdict a claim, in order.</returns>
    public abstract IReadOnlyList<Answer.Verdict> VerifyMany(IReadOnlyList<object> claims);

    /// <summary>Verifies claims of one group together; a group is what a single call can take.</summary>
    protected static Answer.Verdict[] ByGroup<TClaim, TGroup>(
        IReadOnlyList<object> claims, Func<TClaim, TGroup> groupOf, Func<TGroup, TClaim[], IReadOnlyList<Answer.Verdict>> verify)
    {
        var verdicts = new Answer.Verdict[claims.Count];
        foreach (IGrouping<TGroup, int> indexes in Enumerable.Range(0, claims.Count).GroupBy(i => groupOf((TClaim)claims[i])))
        {
            IReadOnlyList<Answer.Verdict> found = verify(indexes.Key, [.. indexes.Select(i => (TClaim)claims[i])]);
            foreach ((int index, Answer.Verdict verdict) in indexes.Zip(found))
            {
                verdicts[index] = verdict;
            }
        }

        return verdicts;
    }
}
