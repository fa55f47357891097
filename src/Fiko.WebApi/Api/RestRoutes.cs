namespace Fiko.WebApi.Api;

/// <summary>All of REST: one line a slice.</summary>
internal static class RestRoutes
{
    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1")
            .AddEndpointFilter(QueryNames.MustBeKnownAsync)
            .AddEndpointFilter(EntityTags.ShowAsync);
        api.MapAuth();
        api.MapChannels();
        api.MapAttachments();
        api.MapUsers();
        api.MapAudit();
        api.MapEvents();
        api.MapWebhooks();
        api.MapConversations();
        api.MapTags();
        api.MapReplies();
        api.MapCustomers();
        api.MapSearch();
        api.MapReports();
    }
}
