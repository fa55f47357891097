using Fiko.Infrastructure.Persistence;

namespace Fiko.Infrastructure.Attachments;

/// <summary>Files on their way: each is gone when it is closed.</summary>
internal sealed class Downloads
{
    private static readonly TimeSpan LongGone = TimeSpan.FromDays(1);

    private readonly DirectoryInfo _folder;

    public Downloads(DataFolder folder, TimeProvider time)
    {
        _folder = folder.MakePrivate("downloads");

        // What a killed server left; another one may be at work in the same folder.
        var before = (time.GetUtcNow() - LongGone).UtcDateTime;
        foreach (var left in _folder.EnumerateFiles().Where(f => f.LastWriteTimeUtc < before))
        {
            left.Delete();
        }
    }

    public FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N")), options);
    }
}
