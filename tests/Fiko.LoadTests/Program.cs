using Fiko.LoadTests;
using Fiko.LoadTests.Experiments;

const string Usage = "dotnet run -c Release --project tests/Fiko.LoadTests -- drops|network|broker|rolling|kill|slow|flood|away|fuzz [--clients 1000] [--seconds 120] [--rate 10]";

if (args is not [var name, .. var rest] || Settings.Read(rest) is not { } settings)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

int Setting(string key, int otherwise) => settings.GetValueOrDefault(key, otherwise);

if (name is "fuzz")
{
    await using var fuzz = new FuzzRun(Setting("clients", 24), Setting("rate", 300), settings.TryGetValue("only", out var one) ? one : null);
    return await fuzz.RunAsync(TimeSpan.FromSeconds(Setting("seconds", 3600)), Setting("seed", FuzzRun.NewSeed())) ? 0 : 1;
}

await using var cluster = new Cluster();
var rate = Setting("rate", 10);
Func<Task<bool>>? experiment = name switch
{
    "drops" => () => Drops.RunAsync(cluster, rate, Setting("clients", 1000), TimeSpan.FromSeconds(Setting("seconds", 120)), TimeSpan.FromSeconds(2)),
    "network" => () => Network.RunAsync(cluster, rate, Setting("clients", 200), TimeSpan.FromSeconds(Setting("seconds", 60))),
    "broker" => () => Broker.RunAsync(cluster, rate, Setting("clients", 500), TimeSpan.FromSeconds(Setting("seconds", 30))),
    "rolling" => () => Rolling.RunAsync(cluster, rate, Setting("clients", 2000)),
    "kill" => () => Kill.RunAsync(cluster, rate, Setting("clients", 500)),
    "slow" => () => Slow.RunAsync(cluster, Setting("rate", 36), Setting("clients", 100), Setting("slow", 200), TimeSpan.FromSeconds(Setting("seconds", 22))),
    "flood" => () => Flood.RunAsync(cluster, Setting("rate", 30), Setting("clients", 100), Setting("sockets", 50), TimeSpan.FromSeconds(Setting("seconds", 32)), Setting("refusals", 100)),
    "away" => () => Away.RunAsync(cluster, Setting("events", 50_000)),
    _ => null,
};
if (experiment is null)
{
    Console.Error.WriteLine($"There is no experiment '{name}'.\n{Usage}");
    return 2;
}

return await experiment() ? 0 : 1;
