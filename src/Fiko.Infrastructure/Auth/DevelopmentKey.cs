using System.Security.Cryptography;

namespace Fiko.Infrastructure.Auth;

/// <summary>Development's signing key: made once and kept beside the database, so that tokens survive a restart (running.md, Settings).</summary>
internal static class DevelopmentKey
{
    public const string FileName = "development-signing-key";

    public static string ReadOrMake(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            Make(path);
        }

        return File.ReadAllText(path).Trim();
    }

    // Written aside and moved, so that an instance starting at the same time reads a whole key or none.
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

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another instance was faster; its key is the one.
            File.Delete(draft);
        }
    }
}
