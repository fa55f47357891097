using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Contract;

public sealed class UsingPublicTools(FikoServer server) : IClassFixture<FikoServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-contract-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Both_documents_pass_validators_that_others_made()
    {
        Node.MustBeThere();

        var said = await Node.RunAsync("validate.mjs", await SaveAsync("/openapi/v1.json"), await SaveAsync("/asyncapi.json"));

        Assert.Equal("valid", said.Trim());
    }

    [Fact]
    public async Task And_a_broken_one_does_not()
    {
        Node.MustBeThere();
        var rest = await SaveAsync("/openapi/v1.json");
        await File.WriteAllTextAsync(rest, (await File.ReadAllTextAsync(rest, Ct)).Replace("#/components/schemas/Problem\"", "#/components/schemas/Nothing\"", StringComparison.Ordinal), Ct);

        await Assert.ThrowsAnyAsync<Exception>(async () => await Node.RunAsync("validate.mjs", rest, await SaveAsync("/asyncapi.json")));
    }

    [Fact]
    public async Task A_generated_client_compiles_and_logs_in()
    {
        Node.MustBeThere();
        var workspace = await TestWorkspace.CreateAsync(server);
        var rest = await SaveAsync("/openapi/v1.json");
        foreach (var file in new[] { "client.ts", "tsconfig.json" })
        {
            File.Copy(Path.Combine(Node.Folder, file), Path.Combine(_folder.FullName, file));
        }

        await Node.RunAsync(Node.Tool("@hey-api", "openapi-ts", "bin", "run.js"), "-i", rest, "-o", Path.Combine(_folder.FullName, "generated"), "-c", "@hey-api/client-fetch", "--no-log-file");
        await Node.RunAsync(Node.Tool("typescript", "bin", "tsc"), "-p", _folder.FullName);
        var said = await Node.RunAsync(Path.Combine(_folder.FullName, "client.js"), server.Address.ToString(), workspace.Owner.Email, TestWorkspace.Password);

        Assert.Equal($"{workspace.Owner.Email} has Tests", said.Trim());
    }

    private async Task<string> SaveAsync(string document)
    {
        var path = Path.Combine(_folder.FullName, $"{document.Replace('/', '_')}.json");
        await File.WriteAllTextAsync(path, await server.Http.GetStringAsync(document, Ct), Ct);
        return path;
    }
}
