using Fiko.Application.Shared;
using Fiko.Domain.Conversations;
using Fiko.FunctionalTests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Customers;

internal static class Closing
{
    public static async Task CloseAsync(FikoServer server, string conversation)
    {
        Assert.True(ConversationId.TryParse(conversation, out var id));
        await using var scope = server.Provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IFikoDb>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().CommitAsync(
            async () =>
            {
                (await db.Conversations.SingleAsync(c => c.Id == id.Value)).ChangeStatus(ConversationStatus.Closed, TimeProvider.System.GetUtcNow());
                return await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None);
    }
}
