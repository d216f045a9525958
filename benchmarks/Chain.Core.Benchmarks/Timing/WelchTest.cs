namespace Chain.Core.Benchmarks.Timing;

/// <summary>Welch's t of two classes of measurements, taken in one at a time.</summary>
internal sealed class WelchTest
{
    private readonly Moments[] _classes = [new(), new()];

    /// <summary>The difference of the means in units of its standard error; 0 until both classes have two measurements.</summary>
    public double T
    {
        get
        {
            (Moments a, Moments b) = (_classes[0], _classes[1]);
            double error = a.VarianceOfMean + b.VarianceOfMean;
            return a.Count < 2 || b.Count < 2 || error == 0 ? 0 : (a.Mean - b.Mean) / Math.Sqrt(error);
        }
    }

    /// <summary>Mean of class 0 less that of class 1.</summary>
    public double Difference => _classes[0].Mean - _classes[1].Mean;

    /// <summary>Mean of class 1, which the difference is beside.</summary>
    public double MeanOfOther => _classes[1].Mean;

    public void Add(int ofClass, double measurement) => _classes[ofClass].Add(measurement);

    /// <summary>Mean and variance by Welford's recurrence.</summary>
    private sealed class Moments
    {
        private double _squares;

        public long Count { get; private set; }

        public double Mean { get; private set; }

        public double VarianceOfMean => _squares / (Count - 1) / Count;

        public void Add(double value)
        {
            Count++;
            double difference = value - Mean;
            Mean += difference / Count;
            _squares += difference * (value - Mean);
        }
    }
}
