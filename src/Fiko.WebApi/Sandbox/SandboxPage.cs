using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Fiko.WebApi.Sandbox;

internal static class SandboxPage
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void MapSandboxPage(this IEndpointRouteBuilder routes)
    {
        var root = routes.ServiceProvider.GetRequiredService<IWebHostEnvironment>();
        routes.MapGet("", () => Serve(root.WebRootFileProvider, "index.html"));
        routes.MapGet("{file}", (string file) => Serve(root.WebRootFileProvider, file));
    }

    private static IResult Serve(IFileProvider files, string name) =>
        files.GetFileInfo($"sandbox/{name}") is { Exists: true, IsDirectory: false } file && Types.TryGetContentType(name, out var type)
            ? TypedResults.Stream(file.CreateReadStream(), type, lastModified: file.LastModified)
            : TypedResults.NotFound();
}
