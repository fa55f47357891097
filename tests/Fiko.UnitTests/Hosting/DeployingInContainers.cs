using System.Reflection;
using System.Text.RegularExpressions;
using Fiko.Application.Messaging;
using Fiko.Infrastructure.Persistence;
using Fiko.WebApi.Hosting;
using Microsoft.Extensions.Configuration;

namespace Fiko.UnitTests.Hosting;

/// <summary>What the deployment's files say is true of the program. Whether an engine runs them is CI's to see.</summary>
public sealed partial class DeployingInContainers
{
    private static readonly string Root = FindRoot();
    private static readonly string[] Plain = ["ConnectionStrings:Fiko", "PublicUrl", "Urls"];

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("Dockerfile")]
    [InlineData("deploy/make-secrets")]
    public void Every_setting_that_it_names_exists(string file)
    {
        var known = Settings();

        var named = Setting().Matches(Read(file)).Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Every_path_that_the_image_copies_exists()
    {
        var paths = Copied().Matches(Read("Dockerfile")).SelectMany(m => m.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)).ToList();

        Assert.Contains("src/Fiko.WebApi/Fiko.WebApi.csproj", paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));
        Assert.All(Directory.GetDirectories(Path.Combine(Root, "src")), project => Assert.Contains($"src/{Path.GetFileName(project)}/packages.lock.json", paths));
    }

    [Fact]
    public void The_image_runs_as_nobody_and_asks_itself_how_it_is()
    {
        var image = Read("Dockerfile");

        Assert.Matches("(?m)^USER [1-9]", image);
        Assert.Contains($"CMD [\"dotnet\", \"Fiko.WebApi.dll\", \"{HealthCommand.Name}\"]", image, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_secret_that_a_container_gets_is_declared_and_made()
    {
        var (compose, maker) = (Read("compose.yaml"), Read("deploy/make-secrets"));
        var files = SecretFile().Matches(compose).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains($"keep {file}", maker, StringComparison.Ordinal));
        Assert.All(files.Where(f => f.Contains("__", StringComparison.Ordinal)), file => Assert.Contains($"    - {file}\n", compose, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_comes_from_a_file_named_after_its_setting()
    {
        var folder = Directory.CreateTempSubdirectory("fiko-secrets-");
        File.WriteAllText(Path.Combine(folder.FullName, "Jwt__SigningKey"), "from a file\n");
        File.WriteAllText(Path.Combine(folder.FullName, "redis_password"), "of somebody else");
        var configuration = new ConfigurationManager { [SecretFiles.FolderVariable] = folder.FullName, ["Jwt:SigningKey"] = "from elsewhere" };

        configuration.AddSecretFiles();

        Assert.Equal("from a file", configuration["Jwt:SigningKey"]);
        Assert.Null(configuration["redis_password"]);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_not_ready()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Urls", "http://0.0.0.0:1")]).Build();
        using var output = new StringWriter();

        var status = await configuration.AskHealthAsync(output);

        Assert.Equal((1, "not ready: no answer"), (status, output.ToString().Trim()));
    }

    private static HashSet<string> Settings()
    {
        var options = new[] { typeof(DeliveryOptions), typeof(DatabaseOptions), typeof(HealthCommand) }
            .SelectMany(t => t.Assembly.GetTypes())
            .Select(t => (Type: t, Section: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(o => o.Section is not null);
        return [.. Plain, .. options.SelectMany(o => o.Type.GetProperties().Select(p => $"{o.Section}:{p.Name}"))];
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Fiko.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+__[A-Z][A-Za-z]+\b|\b(?:PublicUrl|Urls)\b")]
    private static partial Regex Setting();

    [GeneratedRegex("(?m)^COPY (?!--from)(.+)$")]
    private static partial Regex Copied();

    [GeneratedRegex(@"file: \./deploy/secrets/(\w+)")]
    private static partial Regex SecretFile();
}
