using System.Diagnostics;
using System.Globalization;

namespace Fiko.Benchmarks;

/// <summary>
/// A minute instead of a quarter of an hour: each scenario a few hundred times, one after the other, as p50, p95 and the worst,
/// and what one costs the processor, which a busy machine distorts less.
/// </summary>
internal static class QuickLook
{
    private const int WarmUp = 100;

    public static async Task RunAsync(int iterations)
    {
        await using var workspace = await BusyWorkspace.CreateAsync();
        Console.WriteLine($"{"ms, one at a time",-38}{"p50",9}{"p95",9}{"max",9}{"cpu",9}");
        foreach (var (name, run) in workspace.Scenarios)
        {
            for (var i = 0; i < WarmUp; i++)
            {
                await run();
            }

            var times = new double[iterations];
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < iterations; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await run();
                times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }

            var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / iterations;
            Array.Sort(times);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-38}{At(times, 0.5),9:0.00}{At(times, 0.95),9:0.00}{times[^1],9:0.00}{cpu,9:0.00}"));
        }
    }

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
