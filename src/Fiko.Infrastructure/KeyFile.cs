using System.Security.Cryptography;
using System.Text;

namespace Fiko.Infrastructure;

/// <summary>A key that is made once and kept in a file, so that what it signed survives a restart. Readable by the server's user alone.</summary>
internal static class KeyFile
{
    public static string ReadOrMake(string directory, string name)
    {
        Directory.CreateDirectory(directory);
        var path = Path.GetFullPath(Path.Combine(directory, name));
        if (!File.Exists(path))
        {
            MakeOnce(path);
        }

        return File.ReadAllText(path).Trim();
    }

    // A move that must not overwrite looks first and moves then, so of two instances starting at once both could win.
    private static void MakeOnce(string path)
    {
        using var turn = new Mutex(initiallyOwned: false, $@"Global\fiko-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)))}");
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // The instance that had the turn died; the turn is ours, and what it left is a draft at most.
        }

        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }
        }
        finally
        {
            turn.ReleaseMutex();
        }
    }

    // Written aside and moved, so that whoever reads meanwhile finds a whole key or none.
    private static void Make(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        }

        File.Move(draft, path);
    }
}
