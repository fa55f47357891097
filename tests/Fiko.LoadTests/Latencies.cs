using System.Globalization;

namespace Fiko.LoadTests;

/// <summary>How long frames took from the customer's request to a client.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan took)
    {
        lock (_lock)
        {
            _milliseconds.Add(took.TotalMilliseconds);
        }
    }

    /// <summary>Gives what it has to another one.</summary>
    public void MoveTo(Latencies other)
    {
        lock (_lock)
        {
            lock (other._lock)
            {
                other._milliseconds.AddRange(_milliseconds);
                _milliseconds.Clear();
            }
        }
    }

    /// <summary>What came of it so far; begins anew.</summary>
    public Figures Take()
    {
        lock (_lock)
        {
            _milliseconds.Sort();
            var figures = _milliseconds.Count == 0 ? default : new Figures(At(0.5), At(0.99), _milliseconds[^1], _milliseconds.Count);
            _milliseconds.Clear();
            return figures;
        }
    }

    private double At(double share) => _milliseconds[(int)(_milliseconds.Count * share)];

    /// <summary>In milliseconds.</summary>
    public readonly record struct Figures(double P50, double P99, double Longest, int Count)
    {
        /// <summary>By how much the p99 has moved since, in percent.</summary>
        public double Moved(Figures since) => 100 * ((since.P99 / P99) - 1);

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"p50 {P50:F1} ms, p99 {P99:F1} ms, longest {Longest:F0} ms of {Count:N0}");
    }
}
