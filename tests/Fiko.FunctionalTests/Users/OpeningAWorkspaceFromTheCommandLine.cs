using System.Diagnostics;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Users;

/// <summary>The server as it is built, in Production, as an operator runs it.</summary>
public sealed class OpeningAWorkspaceFromTheCommandLine(FikoServer server) : IClassFixture<FikoServer>
{
    private const string Password = "chosen by an operator";

    [Fact]
    public async Task The_owner_logs_in_with_the_password_of_the_environment()
    {
        var email = $"{Guid.NewGuid():N}@owner.test";

        var run = await RunAsync(["--workspace", "A Company", "--email", email, "--first-name", "Ada"], Password, input: "");

        Assert.True(run.Code == 0, run.Errors);
        Assert.Contains($"{email} owns it", run.Output, StringComparison.Ordinal);
        var login = await server.LogInFullyAsync(email, Password);
        Assert.Equal(("owner", "Ada"), (login.Text("user.role"), login.Text("user.first_name")));
        Assert.DoesNotContain(Password, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Or_of_the_standard_input()
    {
        var email = $"{Guid.NewGuid():N}@owner.test";

        var run = await RunAsync(["--workspace", "A Company", "--email", email], password: null, input: $"{Password}\n");

        Assert.True(run.Code == 0, run.Errors);
        Assert.NotEmpty(await server.LogInAsync(email, Password));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_made()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);

        var taken = await RunAsync(["--workspace", "Another", "--email", workspace.Owner.Email], Password, input: "");
        var weak = await RunAsync(["--workspace", "Another", "--email", "new@owner.test"], password: null, input: "short\n");
        var spoken = await RunAsync(["--workspace", "Another", "--email", "new@owner.test", "--password", Password], password: null, input: "");

        Assert.Equal((1, 1, 2), (taken.Code, weak.Code, spoken.Code));
        Assert.Contains("Another user has this email", taken.Errors, StringComparison.Ordinal);
        Assert.Contains("10 to 128", weak.Errors, StringComparison.Ordinal);
        Assert.Contains("Usage: create-owner", spoken.Errors, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await server.PostAsync("/api/v1/auth/login", new { email = "new@owner.test", password = Password })).StatusCode);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] options, string? password, string input)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = server.DataFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach([Path.Combine(AppContext.BaseDirectory, "Fiko.WebApi.dll"), "create-owner", .. options], start.ArgumentList.Add);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in server.DatabaseSettings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment["Jwt__SigningKey"] = new string('k', 32);
        start.Environment.Remove("FIKO_OWNER_PASSWORD");
        if (password is not null)
        {
            start.Environment["FIKO_OWNER_PASSWORD"] = password;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await errors);
    }
}
