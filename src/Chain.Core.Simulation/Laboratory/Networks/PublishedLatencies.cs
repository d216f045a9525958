namespace Chain.Core.Simulation.Laboratory;

/// <summary>Matrices of latencies that others have measured and published.</summary>
public static class PublishedLatencies
{
    /// <summary>Five regions of a cloud: about a third of a second around the world.</summary>
    public static LatencyMatrix Wan5 { get; } = new(
        "wan-5",
        "median round trips between regions of Amazon Web Services by cloudping.co, as the estimator of commonware (github.com/commonwarexyz/monorepo, examples/estimator/src/p50.json, commit 4622dfb1) holds them; a message takes half",
        ["ca-central-1", "us-west-1", "eu-central-1", "ap-northeast-3", "ap-southeast-2"],
        [
            4.008, 79.978, 93.330, 153.734, 198.256,
            79.806, 2.817, 153.252, 109.730, 139.126,
            92.768, 153.012, 4.042, 233.900, 251.345,
            151.328, 109.928, 234.274, 2.190, 120.348,
            198.174, 139.250, 251.648, 120.724, 4.096,
        ]);

    /// <summary>Six regions of the public Internet in 2019.</summary>
    public static LatencyMatrix Internet2019 { get; } = new(
        "internet-2019",
        "SimBlock (Aoki et al. 2019, github.com/dsg-titech/simblock, NetworkConfiguration, LATENCY_2019): what a message takes, from region to region",
        Continents,
        Doubled(
            32, 124, 184, 198, 151, 189,
            124, 11, 227, 237, 252, 294,
            184, 227, 88, 325, 301, 322,
            198, 237, 325, 85, 58, 198,
            151, 252, 301, 58, 12, 126,
            189, 294, 322, 198, 126, 16));

    /// <summary>Six regions of the public Internet in 2015.</summary>
    public static LatencyMatrix Internet2015 { get; } = new(
        "internet-2015",
        "SimBlock (Aoki et al. 2019, github.com/dsg-titech/simblock, NetworkConfiguration, LATENCY_2015): what a message takes, from region to region",
        Continents,
        Doubled(
            36, 119, 255, 310, 154, 208,
            119, 12, 221, 242, 266, 350,
            255, 221, 137, 347, 256, 269,
            310, 242, 347, 99, 172, 278,
            154, 266, 256, 172, 9, 163,
            208, 350, 269, 278, 163, 22));

    /// <summary>One rack: a tenth of a millisecond each way, an assumption and no measurement.</summary>
    public static LatencyMatrix Lan { get; } = new("lan", "assumed: 0.2 ms there and back within one rack", ["rack"], [0.2]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LatencyMatrix> All { get; } = [Lan, Wan5, Internet2015, Internet2019];

    private static string[] Continents => ["north-america", "europe", "south-america", "asia-pacific", "japan", "australia"];

    /// <summary>The matrix of a name, or null.</summary>
    public static LatencyMatrix? Find(string name) => All.FirstOrDefault(each => each.Name == name);

    private static double[] Doubled(params double[] oneWay) => [.. oneWay.Select(static each => 2 * each)];
}
