using Fiko.Application.Agents;
using Fiko.Domain.Shared;
using Fiko.Infrastructure.Persistence;
using FluentValidation;
using MediatR;

namespace Fiko.WebApi.Hosting;

/// <summary><c>create-owner</c>: the first user of a workspace, from the command line (operations.md, The first user).</summary>
internal static class OwnerCommand
{
    public const string Name = "create-owner";

    private const string PasswordVariable = "FIKO_OWNER_PASSWORD";
    private const string Usage =
        $"Usage: {Name} --workspace NAME --email ADDRESS [--first-name NAME] [--last-name NAME]. The password is read from {PasswordVariable}, or from the standard input.";

    private static readonly string[] Options = ["--workspace", "--email", "--first-name", "--last-name"];

    /// <returns>The process's exit code.</returns>
    public static async Task<int> CreateOwnerAsync(this WebApplication app, IReadOnlyList<string> options, TextReader input, TextWriter output, TextWriter errors)
    {
        if (Read(options) is not { } given)
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<Schema>().WhatIsMissingAsync(CancellationToken.None) is { } missing)
        {
            await errors.WriteLineAsync(missing);
            return 1;
        }

        // Never an argument: those are seen by everybody who lists processes, and kept by shells.
        var password = app.Configuration[PasswordVariable] is { Length: > 0 } set ? set : await input.ReadLineAsync();
        try
        {
            var create = new CreateOwner(
                given.GetValueOrDefault("--workspace"), given.GetValueOrDefault("--email"), password, given.GetValueOrDefault("--first-name"), given.GetValueOrDefault("--last-name"));
            var created = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(create);
            await output.WriteLineAsync($"Workspace {created.WorkspaceId} is open; {created.Email} owns it.");
            return 0;
        }
        catch (ValidationException invalid)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, invalid.Errors.Select(e => e.ErrorMessage)));
            return 1;
        }
        catch (RuleBrokenException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    // Null where something is not one of the options, or stands there without its value.
    private static Dictionary<string, string>? Read(IReadOnlyList<string> options)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < options.Count; i += 2)
        {
            if (i + 1 == options.Count || !Options.Contains(options[i]) || !given.TryAdd(options[i], options[i + 1]))
            {
                return null;
            }
        }

        return given;
    }
}
