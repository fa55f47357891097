using System.Globalization;
using BenchmarkDotNet.Running;
using Fiko.Benchmarks;

// dotnet run -c Release --project tests/Fiko.Benchmarks -- --quick [iterations]
if (args is ["--quick", .. var rest])
{
    await QuickLook.RunAsync(rest is [var iterations] ? int.Parse(iterations, CultureInfo.InvariantCulture) : 500);
    return;
}

// -- --crowd <database file> [customers]: fills a stopped demo server's database. Then, with the server started on it:
if (args is ["--crowd", var file, .. var more])
{
    await CustomerCrowd.GatherAsync(file, more is [var customers] ? int.Parse(customers, CultureInfo.InvariantCulture) : 200_000);
    return;
}

// -- --export <address> <process id> [query]
if (args is ["--export", var address, var process, .. var query])
{
    await ExportLook.RunAsync(new Uri(address), int.Parse(process, CultureInfo.InvariantCulture), string.Concat(query));
    return;
}

// -- --search [messages]
if (args is ["--search", .. var said])
{
    await SearchLook.RunAsync(said is [var messages] ? int.Parse(messages, CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(BusyWorkspaceBenchmarks).Assembly).Run(args);
