using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fiko.WebApi.Sandbox.Instagram;

/// <summary>The Graph API calls in use: body and query in, answer out.</summary>
internal sealed partial class GraphMethods(InstagramSandbox sandbox, GraphSends sends, SandboxMedia media)
{
    private const string Messages = "messages";

    // developers.facebook.com/docs/instagram-platform/webhooks#fields, and those of a page; one name that is none refuses all.
    private static readonly string[] Fields =
    [
        .. InstagramSandbox.AllFields, "message_edits", "message_echoes", "message_reads", "messaging_referral", "messaging_referrals", "messaging_optins",
        "messaging_handover", "messaging_handovers", "standby", "comments", "live_comments", "mentions", "story_insights",
    ];

    private static readonly Task NoEcho = Task.CompletedTask;

    /// <summary>Whether a call sends a message, and not just the sign of typing.</summary>
    public static bool IsMessage(string verb, string path, JsonObject? body) =>
        verb == HttpMethods.Post && path.TrimEnd('/').EndsWith($"/{Messages}", StringComparison.Ordinal) && body?["sender_action"] is null;

    public async Task<(GraphAnswer Answer, Task Echo)> CallAsync(SandboxAccount account, HttpRequest request, string path, JsonObject? body, CancellationToken ct) =>
        (request.Method, path.Split('/')) switch
        {
            ("GET", [var id]) when account.Is(id) => (Me(account, request), NoEcho),
            ("GET", [{ Length: > 0 } id]) => (Profile(account, id, request), NoEcho),
            ("POST", [var id, Messages]) when account.Is(id) => await sends.CallAsync(account, body, ct),
            (_, [var id, "subscribed_apps"]) when account.Is(id) => (Subscribe(account, request), NoEcho),
            (var verb, [{ Length: > 0 } id, Messages or "subscribed_apps"]) => (GraphErrors.NoSuchObject(verb, id), NoEcho),
            _ => (GraphErrors.UnknownPath(path), NoEcho),
        };

    private GraphAnswer Me(SandboxAccount account, HttpRequest request) => GraphAnswer.Ok(Only(request, new()
    {
        ["user_id"] = account.Id,
        ["username"] = account.Username,
        ["name"] = "Sandbox account",
        ["account_type"] = "BUSINESS",
        ["profile_picture_url"] = Picture(account, account.Id),
        ["instagram_business_account"] = new JsonObject { ["id"] = account.Id, ["username"] = account.Username, ["name"] = "Sandbox account" },
        ["id"] = account.AppScopedId,
    }));

    private GraphAnswer Profile(SandboxAccount account, string customer, HttpRequest request)
    {
        if (account.Find(customer) is not { HasProfile: true, Customer: var person })
        {
            return GraphErrors.NoConsent();
        }

        return GraphAnswer.Ok(Only(request, new()
        {
            ["name"] = person.Name,
            ["username"] = person.Username ?? $"customer.{person.Id}",
            ["profile_pic"] = Picture(account, person.Id),
            ["follower_count"] = 42,
            ["is_verified_user"] = false,
            ["is_user_follow_business"] = true,
            ["is_business_follow_user"] = false,
            ["id"] = person.Id,
        }));
    }

    private string Picture(SandboxAccount account, string id) =>
        account.Absolute(media.Keep(new(MadeFiles.Picture((int)(long.Parse(id, CultureInfo.InvariantCulture) * 7919 % int.MaxValue)), "image/png", "picture.png")));

    private GraphAnswer Subscribe(SandboxAccount account, HttpRequest request)
    {
        if (request.Method == HttpMethods.Get)
        {
            return GraphAnswer.Ok(new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject { ["subscribed_fields"] = new JsonArray([.. account.Subscribed.Select(f => JsonValue.Create(f))]) }),
            });
        }

        string[] fields = request.Method == HttpMethods.Delete ? [] : request.Query["subscribed_fields"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (request.Method == HttpMethods.Post && (fields is [] || !fields.All(Fields.Contains)))
        {
            return GraphErrors.Parameter($"Param subscribed_fields must be one of {{{string.Join(", ", Fields)}}}");
        }

        sandbox.Subscribe(account, fields);
        return GraphAnswer.Ok(new JsonObject { ["success"] = true });
    }

    // Without `fields` the Graph API tells an id alone.
    private static JsonObject Only(HttpRequest request, JsonObject all)
    {
        var asked = request.Query["fields"].ToString();
        foreach (var name in all.Select(p => p.Key).ToArray())
        {
            if (name != "id" && !FieldsOf(asked).Contains(name))
            {
                all.Remove(name);
            }
        }

        return all;
    }

    // `a{b,c}` asks for fields of a field; those come whole.
    private static string[] FieldsOf(string asked) =>
        [.. OfAField().Replace(asked, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex OfAField();
}
