using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Fiko.BrowserTests.Hosting;

/// <summary>Serves the frontend of the tests beside the server's own paths: the document's classes, and the few files around them.</summary>
internal sealed class FrontendFiles : IStartupFilter
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/frontend", frontend => frontend.Run(ServeAsync));
        next(app);
    };

    private static async Task ServeAsync(HttpContext http)
    {
        var name = Path.GetFileName(http.Request.Path.Value) is { Length: > 0 } file ? file : "index.html";
        http.Response.ContentType = Types.TryGetContentType(name, out var type) ? $"{type}; charset=utf-8" : null;
        await (name switch
        {
            "fiko-web-socket.js" => http.Response.WriteAsync(PublicDocument.FikoWebSocket, http.RequestAborted),
            "fiko-chat.js" => http.Response.WriteAsync(PublicDocument.FikoChat, http.RequestAborted),
            "watched-connection.js" => http.Response.WriteAsync(PublicDocument.WatchedConnection, http.RequestAborted),
            "connection-management.js" => http.Response.WriteAsync(PublicDocument.ConnectionManagement, http.RequestAborted),
            _ => http.Response.SendFileAsync(Path.Combine(AppContext.BaseDirectory, "Frontend", name), http.RequestAborted),
        });
    }
}
