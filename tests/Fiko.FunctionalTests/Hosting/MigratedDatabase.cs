using Fiko.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fiko.FunctionalTests.Hosting;

/// <summary>The file that the migrations make of nothing, made once in a process. A server finds nothing left to migrate in a copy of it.</summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<Task<byte[]>> Bytes = new(MigrateAsync);

    public static async Task WriteAsync(string path) => await File.WriteAllBytesAsync(path, await Bytes.Value);

    private static async Task<byte[]> MigrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fiko-schema-");
        try
        {
            var file = Path.Combine(folder.FullName, "fiko.db");

            // Without a pool the connection ends with the context, and writes everything into the one file.
            var options = new DbContextOptionsBuilder<SqliteFikoDbContext>().UseSqlite($"Data Source={file};Pooling=False").Options;
            await using (var db = new SqliteFikoDbContext(options, TimeProvider.System))
            {
                await new Schema(db).MigrateAsync(CancellationToken.None);
            }

            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
