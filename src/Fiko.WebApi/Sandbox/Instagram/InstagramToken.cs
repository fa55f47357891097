using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>Access tokens of the sandbox: `IGSB`, the account's number, a dash and 16 or more letters, digits, `_` or `-`. Each is an account's.</summary>
internal static partial class InstagramToken
{
    /// <summary>The demo workspace's account. Valid in the sandbox only: Meta has never heard of it.</summary>
    public const string Demo = "IGSB17841400000000001-demo-account-of-the-sandbox";

    public static string? AccountOf(string? token) =>
        token is not null && Form().Match(token) is { Success: true } form ? form.Groups[1].Value : null;

    public static string NewFor(string account) => $"IGSB{account}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    [GeneratedRegex(@"^IGSB([1-9][0-9]{4,17})-[A-Za-z0-9_-]{16,200}\z")]
    private static partial Regex Form();
}
