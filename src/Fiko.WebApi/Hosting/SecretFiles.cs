namespace Fiko.WebApi.Hosting;

/// <summary>Settings that come as files, one each and named after it (<c>Jwt__SigningKey</c>), as containers are given secrets.</summary>
internal static class SecretFiles
{
    public const string FolderVariable = "FIKO_SECRETS";

    private const string Default = "/run/secrets";

    /// <summary>They win over everything else. Where there is no such folder, there are none.</summary>
    public static void AddSecretFiles(this ConfigurationManager configuration)
    {
        var folder = configuration[FolderVariable] is { Length: > 0 } chosen ? chosen : Default;
        if (!Directory.Exists(folder))
        {
            return;
        }

        configuration.AddInMemoryCollection(
            from file in Directory.EnumerateFiles(folder)
            let name = Path.GetFileName(file)
            where name.Contains("__", StringComparison.Ordinal) && !name.StartsWith('.')
            select KeyValuePair.Create(name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)File.ReadAllText(file).TrimEnd('\r', '\n')));
    }
}
