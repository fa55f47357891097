using System.Globalization;

namespace Fiko.LoadTests;

/// <summary>What stands behind the experiment's name on the command line: names and whole numbers.</summary>
internal static class Settings
{
    private static readonly string[] Known = ["clients", "events", "only", "rate", "refusals", "seconds", "seed", "slow", "sockets"];

    /// <returns>Null where something is wrong; what it is was said then.</returns>
    public static IReadOnlyDictionary<string, int>? Read(string[] words)
    {
        var read = new Dictionary<string, int>();
        foreach (var pair in words.Chunk(2))
        {
            var name = pair[0].TrimStart('-');
            if (!Known.Contains(name))
            {
                Console.Error.WriteLine($"There is no setting '{pair[0]}'; there are --{string.Join(", --", Known)}.");
                return null;
            }

            if (pair.Length < 2 || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                Console.Error.WriteLine($"--{name} needs a whole number, as in --{name} 10{(pair.Length < 2 ? "" : $", and not '{pair[1]}'")}.");
                return null;
            }

            read[name] = value;
        }

        return read;
    }
}
