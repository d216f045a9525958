using Chain.Core.Analyzers.Tests.Harness;

namespace Chain.Core.Analyzers.Tests.Rules;

public sealed class RandomnessTests
{
    [Theory]
    [InlineData("_ = [|new Random().Next()|];")]
    [InlineData("_ = [|Random.Shared.NextInt64()|];")]
    [InlineData("var dice = [|new Random(42)|];")]
    [InlineData("_ = [|Guid.NewGuid()|];")]
    [InlineData("_ = [|Guid.CreateVersion7()|];")]
    [InlineData("_ = [|System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)|];")]
    [InlineData("Func<Guid> draw = [|Guid.NewGuid|];")]
    [InlineData("_ = [|new[] { 1, 2 }.Shuffle()|].First();")]
    public Task Randomness_InACall_IsFound(string statement) => Analysis.AssertFindsAsync("CC1002", Subject.Call(statement));

    [Theory]
    [InlineData("Guid id = new(new byte[16]); bool empty = id == Guid.Empty;")]
    [InlineData("byte[] hash = System.Security.Cryptography.SHA256.HashData(new byte[4]);")]
    public Task Values_InACall_AreClean(string statement) => Analysis.AssertFindsAsync("CC1002", Subject.Call(statement));
}
