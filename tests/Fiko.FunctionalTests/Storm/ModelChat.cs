namespace Fiko.FunctionalTests.Storm;

/// <summary>What must be there of one customer's conversation in the end: each deed applied in the order in which it was done.</summary>
internal sealed class ModelChat(ShopCustomer customer)
{
    private readonly List<ModelMessage> _messages = [];

    public ShopCustomer Customer => customer;

    public IReadOnlyList<ModelMessage> Messages => _messages;

    /// <summary>Answers by their client_id.</summary>
    public Dictionary<string, ModelMessage> Answers { get; } = [];

    /// <summary>The client_ids of the answers that the customer's platform says were seen.</summary>
    public HashSet<string> Seen { get; } = [];

    public ModelMessage Write(string author, string kind, string content, string platformId, params ReadOnlySpan<string> files)
    {
        var message = new ModelMessage { Author = author, Kind = kind, Content = content };
        message.PlatformIds.Add(platformId);
        message.Files.AddRange(files);
        _messages.Add(message);
        return message;
    }

    public ModelMessage Answer(string clientId, string content)
    {
        var message = new ModelMessage { Author = "support", Kind = "text", Content = content };
        Answers.Add(clientId, message);
        return message;
    }

    public static void Withdraw(ModelMessage message) => (message.IsDeleted, message.Reaction) = (true, null);

    public static void React(ModelMessage message, string? emoji) => message.Reaction = message.IsDeleted ? null : emoji;

    /// <summary>A text that can still be changed, or null.</summary>
    public ModelMessage? Pick(Random chance, Func<ModelMessage, bool> wanted)
    {
        var fit = _messages.Where(m => !m.IsDeleted && wanted(m)).ToList();
        return fit.Count == 0 ? null : fit[chance.Next(fit.Count)];
    }
}
