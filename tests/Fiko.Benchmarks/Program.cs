using System.Globalization;
using BenchmarkDotNet.Running;
using Fiko.Benchmarks;

// dotnet run -c Release --project tests/Fiko.Benchmarks -- --quick [iterations]
if (args is ["--quick", .. var rest])
{
    await QuickLook.RunAsync(rest is [var iterations] ? int.Parse(iterations, CultureInfo.InvariantCulture) : 500);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(BusyWorkspaceBenchmarks).Assembly).Run(args);
