using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Fiko.Application.Attachments;

/// <summary>Where a file is in the store: <c>3f/3fa9…</c>, by chance alone, so that nothing of a file shows in it and a folder never holds too many.</summary>
public static partial class FileKey
{
    private const int Bytes = 20;

    public static string New()
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        return $"{name[..2]}/{name}";
    }

    /// <summary>Only such a key is ever looked up: no other can name a place outside the store.</summary>
    public static bool IsKey(string text) => Form().IsMatch(text);

    [GeneratedRegex(@"\A[0-9a-f]{2}/[0-9a-f]{40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
