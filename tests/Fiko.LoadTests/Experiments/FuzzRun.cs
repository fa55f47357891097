using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Fiko.FunctionalTests.Hosting;
using Fiko.LoadTests.Fuzz;

namespace Fiko.LoadTests.Experiments;

/// <summary>
/// Random input for as long as one likes: no error in any log, no failure of the server, no silence, no harm to an honest socket,
/// and afterwards nothing that was kept of it all.
/// </summary>
internal sealed class FuzzRun(int clients, int rate, int? only) : IAsyncDisposable
{
    private static readonly TimeSpan Report = TimeSpan.FromMinutes(5);

    // Longer than a silent peer is kept, and than anything is that waits for somebody to come back.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(45);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-fuzz-");
    private readonly RedisServer _redis = new();
    private readonly CancellationTokenSource _endProbe = new();
    private readonly CancellationTokenSource _endWatching = new();
    private IReadOnlyList<OwnProcess> _servers = [];
    private IReadOnlyList<FuzzWorld> _worlds = [];

    public static int NewSeed() => RandomNumberGenerator.GetInt32(int.MaxValue);

    public async Task<bool> RunAsync(TimeSpan lasts, int seed)
    {
        Say($"seed {seed}, {clients} clients, {rate} inputs a second, {lasts}");
        var journal = new FuzzJournal(seed) { Found = text => Say($"FOUND {text}") };
        await StartAsync(journal);
        using var probe = new FuzzProbe(_servers);
        await probe.OpenAsync(_endProbe.Token);
        var watching = Task.Run(() => WatchAsync(probe, journal));
        var warm = TimeSpan.FromSeconds(Math.Clamp(lasts.TotalSeconds / 6, 20, 120));
        await AttackAsync(journal, warm, clientsFrom: 1000);
        var before = await SettleAsync("after the warm-up");
        await AttackAsync(journal, lasts, clientsFrom: 0);
        var after = await SettleAsync("at the end");
        await _endWatching.CancelAsync();
        await watching;
        await _endProbe.CancelAsync();
        Say($"{journal.Count:N0} inputs: {journal.Counts}");
        Say($"honest sockets: {probe.Written:N0} messages, {probe.Latencies.Take()}");
        var leaks = before.Zip(after).SelectMany((pair, n) => LeaksOf(pair.First, pair.Second).Select(l => $"server {n + 1}: {l}")).ToList();
        leaks.ForEach(leak => Say($"LEAK {leak}"));
        Say($"{journal.Findings.Count} findings, {leaks.Count} leaks; seed {seed}");
        return journal.Findings.Count == 0 && leaks.Count == 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds)
        {
            world.Dispose();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await _redis.DisposeAsync();
        _endProbe.Dispose();
        _endWatching.Dispose();
        _folder.Delete(recursive: true);
    }

    // One server as it is by default, and one whose limits let everything through to be read.
    private async Task StartAsync(FuzzJournal journal)
    {
        await _redis.StartAsync();
        var database = $"Data Source={Path.Combine(_folder.FullName, "fiko.db")}";
        string[] settings =
        [
            $"--ConnectionStrings:Fiko={database}", $"--Redis:ConnectionString={_redis.ConnectionString}", "--Database:MigrateOnStart=true", "--Demo:Enabled=true", "--Sandbox:Enabled=true",
            "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Microsoft=Error", "--Logging:LogLevel:Microsoft.AspNetCore=Error", "--Jwt:AccessTokenLifetime=04:00:00", "--Webhooks:AllowPrivateNetworks=false",
        ];
        string[] lifted =
        [
            .. settings, "--Sockets:FramesPerSecond=100000", "--Sockets:FrameBurst=100000", "--Sockets:UserFramesPerSecond=100000", "--Sockets:UserFrameBurst=100000", "--Sockets:MaxPerUser=100000",
        ];
        _servers = [.. new[] { lifted, settings }.Select(s => new OwnProcess(_folder.FullName, s) { Said = new Complaints(journal).Hear })];
        foreach (var server in _servers)
        {
            await server.StartAsync();
        }

        await CreateOwnerAsync(database);
        _worlds = [await OpenWorldAsync(_servers[0]), await OpenWorldAsync(_servers[1])];
    }

    private static Task<FuzzWorld> OpenWorldAsync(OwnProcess server) =>
        FuzzWorld.OpenAsync(server.Address, ("owner@fiko.test", "fiko-demo"), (FuzzProbe.Email, FuzzProbe.Password));

    private async Task CreateOwnerAsync(string database)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Fiko.WebApi.dll"), "create-owner", "--workspace", "Honest", "--email", FuzzProbe.Email];
        Array.ForEach(arguments, start.ArgumentList.Add);
        (start.Environment["FIKO_OWNER_PASSWORD"], start.Environment["ASPNETCORE_ENVIRONMENT"], start.Environment["ConnectionStrings__Fiko"]) = (FuzzProbe.Password, "Development", database);
        using var command = Process.Start(start)!;
        var said = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        if (command.ExitCode != 0)
        {
            throw new InvalidOperationException($"create-owner ended with {command.ExitCode}: {said}");
        }
    }

    // Every third client is on the server with its usual limits.
    private async Task AttackAsync(FuzzJournal journal, TimeSpan lasts, int clientsFrom)
    {
        using var end = new CancellationTokenSource(lasts);
        var pause = TimeSpan.FromSeconds((double)clients / rate);
        var attacks = Enumerable.Range(clientsFrom, clients)
            .Where(n => only is null || n == only)
            .Select(n => Task.Run(() => new FuzzClient(n, _worlds[n % 3 == 2 ? 1 : 0], journal, pause, polite: n % 3 == 2).RunAsync(long.MaxValue, end.Token)))
            .ToList();
        var restocking = Task.Run(() => RestockAsync(journal, end.Token));
        while (await Task.WhenAny(Task.WhenAll(attacks), Task.Delay(Report, TimeProvider.System)) is var first && !attacks.TrueForAll(a => a.IsCompleted))
        {
            SayFigures($"{journal.Count:N0} inputs, {journal.Findings.Count} findings", [.. _servers.Select(s => ServerFigures.Of(s.ProcessId))]);
        }

        await Task.WhenAll(attacks);
        await restocking;
    }

    // What is erased and closed is replaced by new customers.
    private async Task RestockAsync(FuzzJournal journal, CancellationToken end)
    {
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var world in _worlds)
            {
                try
                {
                    await world.WriteAsync($"restock-{n % 40}", "Hello again");
                    await world.RefreshAsync();
                }
                catch (HttpRequestException refused)
                {
                    journal.FindSomewhere($"A customer was refused: {refused.Message}");
                }
            }
        }
    }

    private async Task WatchAsync(FuzzProbe probe, FuzzJournal journal)
    {
        try
        {
            if (await probe.WatchAsync(_endWatching.Token) is { } problem)
            {
                journal.FindSomewhere(problem);
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or InvalidOperationException or TaskCanceledException)
        {
            journal.FindSomewhere($"The honest customer was refused: {broken.Message}");
        }
    }

    private async Task<IReadOnlyList<ServerFigures>> SettleAsync(string when)
    {
        await Task.Delay(Quiet, TimeProvider.System);
        foreach (var server in _servers)
        {
            await ServerFigures.CollectAsync(server.ProcessId);
            await ServerFigures.CollectAsync(server.ProcessId);
        }

        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        ServerFigures[] figures = [.. _servers.Select(s => ServerFigures.Of(s.ProcessId))];
        SayFigures(when, figures);
        return figures;
    }

    // A handful may be on their way: a look at the database, a call to Redis.
    private static IEnumerable<string> LeaksOf(ServerFigures before, ServerFigures after)
    {
        if (after.Sockets > before.Sockets + 4)
        {
            yield return $"{before.Sockets} sockets became {after.Sockets}";
        }

        if (after.Handles > before.Handles + 16)
        {
            yield return $"{before.Handles} handles became {after.Handles}";
        }

        if (after.Threads > before.Threads + 12)
        {
            yield return $"{before.Threads} threads became {after.Threads}";
        }

        if (after.MemoryMiB > (before.MemoryMiB * 5 / 4) + 40)
        {
            yield return $"{before.MemoryMiB} MiB became {after.MemoryMiB} MiB";
        }
    }

    private static void SayFigures(string when, IReadOnlyList<ServerFigures> figures) => Say($"{when}: {string.Join("; ", figures.Select((f, n) => $"server {n + 1} {f}"))}");

    private static void Say(FormattableString text) => Say(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {text}");

    /// <summary>What a server says that it should never have to.</summary>
    private sealed class Complaints(FuzzJournal journal)
    {
        private bool _goesOn;

        public void Hear(string line)
        {
            var begins = Array.Exists(["fail:", "crit:", "Unhandled"], word => line.Contains(word, StringComparison.Ordinal));

            // What is indented belongs to the line before.
            _goesOn = begins || (_goesOn && line.StartsWith(' '));
            if (_goesOn)
            {
                Console.WriteLine($"  server: {line}");
            }

            if (begins)
            {
                journal.FindSomewhere($"A server said {line}");
            }
        }
    }
}
