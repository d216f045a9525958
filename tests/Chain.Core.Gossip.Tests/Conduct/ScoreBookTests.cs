using Chain.Core.Gossip.Tests.Playing;
using Chain.Core.Machines;

namespace Chain.Core.Gossip.Tests.Conduct;

public sealed class ScoreBookTests
{
    private static readonly PeerId Bob = Chains.Peer("bob");
    private static readonly Instant Start = Instant.Zero + TimeSpan.FromHours(1);

    private readonly PeerOptions _options = new() { MaxScores = 100 };
    private readonly ScoreBook _book;

    public ScoreBookTests() => _book = new ScoreBook(_options, new IdComparer());

    [Fact]
    public void Add_Points_DecayWithTime()
    {
        Assert.Equal(30, _book.Add(Bob, 30, Start));

        Assert.Equal(21, _book.Add(Bob, 1, Start + TimeSpan.FromMinutes(1)));
        Assert.Equal(1, _book.Add(Bob, 1, Start + TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void Add_SmallSteps_DecayLosesNothingToRounding()
    {
        _book.Add(Bob, 50, Start);
        for (int second = 1; second < 60; second++)
        {
            _book.Add(Bob, 0, Start + TimeSpan.FromSeconds(second));
        }

        Assert.Equal(40, _book.Add(Bob, 0, Start + TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Add_UpToTheLimit_BansUntilItExpires()
    {
        _book.Add(Bob, 99, Start);
        Assert.False(_book.IsBanned(Bob, Start));

        _book.Add(Bob, 1, Start);

        Assert.True(_book.IsBanned(Bob, Start));
        Assert.True(_book.IsBanned(Bob, Start + (_options.BanTime - TimeSpan.FromSeconds(1))));
        Assert.False(_book.IsBanned(Bob, Start + _options.BanTime));
    }

    [Fact]
    public void Add_MoreIdentitiesThanItHolds_ForgetsTheOldest()
    {
        _book.Add(Bob, 100, Start);
        for (int i = 0; i < 10_000; i++)
        {
            _book.Add(Chains.Peer($"mallory-{i}"), 100, Start);
        }

        Assert.Equal(100, _book.Count);
        Assert.False(_book.IsBanned(Bob, Start));
        Assert.True(_book.IsBanned(Chains.Peer("mallory-9999"), Start));
    }
}
