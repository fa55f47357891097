namespace Fiko.WebApi.Hosting;

/// <summary>What the program does instead of serving, when its first argument names it (docs/operations.md).</summary>
internal static class Commands
{
    /// <returns>The exit status; null where the arguments name no command, and the server is to run.</returns>
    public static async Task<int?> TryCommandAsync(this WebApplication app, string[] args) => args switch
    {
        ["migrate", ..] => await app.MigrateAsync(),
        [HealthCommand.Name, ..] => await app.Configuration.AskHealthAsync(Console.Out),
        [OwnerCommand.Name, .. var options] => await app.CreateOwnerAsync(options, Console.In, Console.Out, Console.Error),
        _ => null,
    };
}
