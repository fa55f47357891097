using Fiko.Application;
using Fiko.Application.Attachments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Where files are kept, by its provider, and how they get there.</summary>
internal static class FileServices
{
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<FilesOptions>(configuration, FilesOptions.Section);
        services.AddValidated<StorageOptions>(configuration, FilesOptions.Section);
        services.AddSingleton<Downloads>();
        services.AddSingleton<IFileLinks, FileLinks>();
        services.AddSingleton<FileFetcher>();
        if (configuration[$"{FilesOptions.Section}:{nameof(StorageOptions.Provider)}"] == StorageOptions.S3)
        {
            services.AddSingleton<IFileStore, S3FileStore>();
        }
        else
        {
            services.AddSingleton<IFileStore, LocalFileStore>();
        }

        return services;
    }
}
