using System.Globalization;
using Fiko.LoadTests;

if (args is not [var name, .. var rest])
{
    Console.WriteLine("dotnet run -c Release --project tests/Fiko.LoadTests -- drops|broker|rolling|kill [--clients 1000] [--seconds 120] [--rate 10]");
    return 2;
}

var settings = rest.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
int Setting(string key, int otherwise) => settings.GetValueOrDefault(key, otherwise);

await using var cluster = new Cluster();
await cluster.StartAsync();
using var experiment = new Experiment(cluster, Setting("rate", 10));
return name switch
{
    "drops" => await experiment.DropsAsync(Setting("clients", 1000), TimeSpan.FromSeconds(Setting("seconds", 120)), TimeSpan.FromSeconds(2)),
    "broker" => await experiment.BrokerAsync(Setting("clients", 500), TimeSpan.FromSeconds(Setting("seconds", 30))),
    "rolling" => await experiment.RollingAsync(Setting("clients", 2000)),
    "kill" => await experiment.KillAsync(Setting("clients", 500)),
    _ => throw new ArgumentException($"There is no experiment {name}"),
} ? 0 : 1;
