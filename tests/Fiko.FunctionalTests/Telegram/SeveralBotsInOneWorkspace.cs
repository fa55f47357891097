using System.Net;
using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Telegram;

public sealed class SeveralBotsInOneWorkspace(PatientServer server) : IClassFixture<PatientServer>
{
    [Fact]
    public async Task A_customer_of_two_has_two_conversations_and_each_is_answered_by_its_own()
    {
        var telegram = await TelegramWorkspace.CreateAsync(server);
        var token = TelegramWorkspace.NewToken();
        Assert.Equal(HttpStatusCode.Created, (await TelegramWorkspace.ConnectAsync(server, telegram.Owner, token)).Status);
        var (shop, workshop) = (telegram.Customers, new CustomersSide(server.Http, token.Split(':')[0]));
        var customer = CustomersSide.NewCustomer();
        await using var list = await telegram.Workspace.OpenListAsync(telegram.Owner);
        await list.DrainAsync();

        // The same person, and in both chats the platform's message number 1.
        await shop.WriteAsync(customer, "To the shop");
        var first = (await list.NextAsync("new_customer_message")).GetProperty("conversation_id").GetString()!;
        await workshop.WriteAsync(customer, "To the workshop");
        var second = (await list.NextAsync("new_customer_message")).GetProperty("conversation_id").GetString()!;
        await using var one = await telegram.OpenChatAsync(first);
        await using var other = await telegram.OpenChatAsync(second);
        await one.SendAsync(new { type = "chat_message", content = "From the shop" });
        await other.SendAsync(new { type = "chat_message", content = "From the workshop" });
        await one.NextAsync("chat_message");
        await other.NextAsync("chat_message");

        Assert.NotEqual(first, second);
        Assert.Equal(["From the shop"], await shop.AnswersAsync(customer));
        Assert.Equal(["From the workshop"], await workshop.AnswersAsync(customer));
        Assert.Equal(["To the shop", "From the shop"], (await telegram.ReadChatAsync(first)).Select(m => m.GetProperty("content").GetString()));
        Assert.Equal(["To the workshop", "From the workshop"], (await telegram.ReadChatAsync(second)).Select(m => m.GetProperty("content").GetString()));
    }
}
