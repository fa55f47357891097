namespace Fiko.WebApi.Hosting;

/// <summary>What a developer sees first: where everything is. Elsewhere there is no page.</summary>
internal static class StartPage
{
    private const string File = "index.html";

    public static void MapStartPage(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            // The file lies in the web root; without this it would be handed out.
            app.Map($"/{File}", () => TypedResults.NotFound()).ExcludeFromDescription();
            return;
        }

        var page = app.Environment.WebRootFileProvider.GetFileInfo(File);
        app.MapGet("/", () => TypedResults.Stream(page.CreateReadStream(), "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
    }
}
