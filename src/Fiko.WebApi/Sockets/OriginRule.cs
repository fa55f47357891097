using Microsoft.Extensions.Options;

namespace Fiko.WebApi.Sockets;

/// <summary>Whose pages may call (section <c>Cors</c>), for sockets and REST alike.</summary>
internal sealed class CorsOptions
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>https://inbox.example</c>; <c>*</c> stands for any.</summary>
    public string[] AllowedOrigins { get; set; } = [];
}

/// <summary>Browsers send an Origin with every socket, and no other check keeps a foreign page from opening one.</summary>
internal sealed class OriginRule(IOptions<CorsOptions> options)
{
    public bool Allows(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || options.Value.AllowedOrigins.Contains("*")
            || options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
