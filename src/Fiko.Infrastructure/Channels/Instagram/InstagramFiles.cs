using Fiko.Application.Channels;

namespace Fiko.Infrastructure.Channels.Instagram;

/// <summary>What Instagram takes (developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api).</summary>
internal static class InstagramFiles
{
    private const long Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/png"] = "image",
        ["image/jpeg"] = "image",
        ["audio/aac"] = "audio",
        ["audio/aacp"] = "audio",
        ["audio/x-aac"] = "audio",
        ["audio/mp4"] = "audio",
        ["audio/m4a"] = "audio",
        ["audio/x-m4a"] = "audio",
        ["audio/wav"] = "audio",
        ["audio/wave"] = "audio",
        ["audio/x-wav"] = "audio",
        ["audio/vnd.wave"] = "audio",
        ["video/mp4"] = "video",
        ["video/ogg"] = "video",
        ["video/avi"] = "video",
        ["video/x-msvideo"] = "video",
        ["video/quicktime"] = "video",
        ["video/webm"] = "video",
        ["application/pdf"] = "file",
    };

    public static string TypeOf(FileFacts file) => Types.GetValueOrDefault(file.MediaType, "file");

    public static string? Objection(FileFacts file)
    {
        if (!Types.TryGetValue(file.MediaType, out var type))
        {
            return "Instagram takes PNG and JPEG pictures, AAC, M4A and WAV sound, MP4, OGG, AVI, MOV and WebM video, and PDF documents";
        }

        var most = type is "image" ? 8 : 25;
        return file.Size <= most * Megabyte ? null : $"Instagram takes {(type is "image" ? "pictures" : "files")} of {most} MB at most";
    }
}
