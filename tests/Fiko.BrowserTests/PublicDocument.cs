namespace Fiko.BrowserTests;

/// <summary>The public WebSocket documentation, as frontend teams have it. Its JavaScript is cut out and put together, never changed.</summary>
internal static class PublicDocument
{
    public static readonly string File = Path.Combine(AppContext.BaseDirectory, "websocket-api-v1.md");

    private static readonly string Text = System.IO.File.ReadAllText(File);

    /// <summary>The basic class, with the methods that the document gives for it further down.</summary>
    public static string FikoWebSocket => WithMethods(Under("### 🔧 Basic Setup"), Under("### 📨 Message Handlers"), Under("### 🎨 UI Integration Examples"));

    /// <summary>The complete example, its use included.</summary>
    public static string FikoChat => Under("## 📚 Complete Integration Example");

    /// <summary>The reconnecting class; its <c>connect</c>, which the document leaves open, watches a socket with the documented handlers.</summary>
    public static string WatchedConnection
    {
        get
        {
            var errors = Under("### انواع خطاها:");
            var messages = errors.IndexOf("// خطاهای message", StringComparison.Ordinal);
            var connect = $$"""
                connect() {
                  const websocket = this.open();
                {{errors[..messages]}}
                }

                """;
            return WithMethods(Under("### Auto Reconnection:"), connect, errors[messages..]);
        }
    }

    /// <summary>What is to be done when the page is left.</summary>
    public static string ConnectionManagement => Under("### 1. **Connection Management**");

    /// <summary>The first JavaScript under a heading.</summary>
    public static string Under(string heading)
    {
        var code = After("\n```javascript\n", After($"\n{heading}\n", 0) - 1);
        return Text[code..Text.IndexOf("\n```", code, StringComparison.Ordinal)];
    }

    private static int After(string mark, int start) => Text.IndexOf(mark, start, StringComparison.Ordinal) is >= 0 and var at
        ? at + mark.Length
        : throw new InvalidOperationException($"The document has no {mark.Trim()}");

    private static string WithMethods(string type, params string[] methods) =>
        string.Join("\n\n", [type[..type.LastIndexOf('}')], .. methods, "}"]);
}
