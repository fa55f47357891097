using Fiko.Application.Attachments;
using Fiko.Infrastructure.Attachments;
using Fiko.Infrastructure.Persistence;

namespace Fiko.IntegrationTests.Attachments;

public sealed class KeepingFilesInAFolder : FileStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fiko-files-");

    [Fact]
    public async Task Only_the_server_s_user_may_look()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its own list of who may");
        var store = new LocalFileStore(new DataFolder(_folder.FullName, "Data Source=fiko.db", DatabaseOptions.Sqlite));
        await store.SaveAsync(FileKey.New(), new MemoryStream([1]), TestContext.Current.CancellationToken);

        var file = Assert.Single(_folder.GetDirectories("files")[0].GetFiles("*", SearchOption.AllDirectories));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, _folder.GetDirectories("files")[0].UnixFileMode);
    }

    [Fact]
    public async Task A_save_that_breaks_off_leaves_no_draft()
    {
        var store = await MakeAsync();
        using var tooMuch = new BoundedStream(new MemoryStream(new byte[200_000]), limit: 150_000);

        await Assert.ThrowsAnyAsync<Exception>(() => store.SaveAsync(FileKey.New(), tooMuch, TestContext.Current.CancellationToken));

        Assert.Empty(_folder.GetFiles("*", SearchOption.AllDirectories));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override Task<IFileStore> MakeAsync() =>
        Task.FromResult<IFileStore>(new LocalFileStore(new DataFolder(_folder.FullName, "Data Source=fiko.db", DatabaseOptions.Sqlite)));
}
