using Fiko.FunctionalTests.Hosting;

namespace Fiko.FunctionalTests.Storm;

/// <summary>An agent who has some chats open and answers in each of them in turn; each customer gives a sign when the answer is on their phone.</summary>
internal sealed class AnsweringAgent(Shop shop, ShuffledPosts posts, IReadOnlyList<OpenStormChat> chats)
{
    // Fifty agents who look as often as they can would be most of the work.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    public async Task AnswerAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var chat in chats)
            {
                await AnswerAsync(chat, round);
            }
        }
    }

    private async Task AnswerAsync(OpenStormChat chat, int round)
    {
        var (id, model) = ($"answer-{round}", chat.Customer.Chat);
        var text = $"Answer {round} to {model.Customer.Name}";
        model.Answer(id, text);
        await chat.Socket.SendAsync(new { type = "chat_message", content = text, client_id = id });

        // The phone may well be faster than the platform's answer to the server, and the sign with it.
        var seen = await Eventually.SeesAsync(
            async () => (await shop.SeesAsync(model.Customer)).FirstOrDefault(m => m.Text == text),
            found => found is not null,
            $"{text} on the phone",
            TimeSpan.FromSeconds(90),
            Glance);
        posts.Add(chat.Customer.Sign(round, id, seen!.Id));
    }
}

/// <summary>A customer's chat in front of the agent who answers it.</summary>
internal sealed record OpenStormChat(IChatter Customer, string Conversation, FikoSocket Socket);
