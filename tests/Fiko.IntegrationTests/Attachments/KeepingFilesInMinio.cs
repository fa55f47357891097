using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Fiko.Application.Attachments;
using Fiko.IntegrationTests.Hosting;
using Fiko.Tests;

namespace Fiko.IntegrationTests.Attachments;

/// <summary>A real server that speaks S3, where a Docker engine can run one.</summary>
public sealed class KeepingFilesInMinio : FileStoreContract
{
    private const string Image = "minio/minio:RELEASE.2025-04-22T22-12-26Z";
    private const int Port = 9000;
    private const string Secret = "minio-for-tests";

    private static readonly SemaphoreSlim Starting = new(1);
    private static IContainer? _container;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-minio-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task<IFileStore> MakeAsync()
    {
        if (!await DockerEngine.AnswersAsync())
        {
            Assert.Skip("No Docker engine answers; MinIO runs in a container. Install and start Docker (apt-get install docker.io).");
        }

        await Starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_container is null)
            {
                // A folder of the data folder is a bucket, and testcontainers takes the container down with the process.
                _container = new ContainerBuilder(Image)
                    .WithPortBinding(Port, assignRandomHostPort: true)
                    .WithEnvironment("MINIO_ROOT_USER", "fiko")
                    .WithEnvironment("MINIO_ROOT_PASSWORD", Secret)
                    .WithEntrypoint("sh", "-c", $"mkdir -p /data/{Buckets.Name} && exec minio server /data")
                    .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(r => r.ForPort(Port).ForPath("/minio/health/ready")))
                    .Build();
                await _container.StartAsync(TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            Starting.Release();
        }

        return Buckets.Open(new Uri($"http://{_container.Hostname}:{_container.GetMappedPublicPort(Port)}"), "fiko", Secret, _folder);
    }
}
