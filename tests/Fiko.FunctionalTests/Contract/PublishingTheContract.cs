using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fiko.FunctionalTests.Documentation;
using Fiko.FunctionalTests.Hosting;
using Fiko.WebApi.Contract;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using FrameErrors = Fiko.WebApi.Sockets.FrameErrors;

namespace Fiko.FunctionalTests.Contract;

public sealed partial class PublishingTheContract(FikoServer server) : IClassFixture<FikoServer>
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete", "head"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_of_the_API_is_an_operation()
    {
        var described = (await OperationsAsync()).Select(o => o.Name).Order(StringComparer.Ordinal);

        var routes = server.Provider.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m} {Plain(e.RoutePattern.RawText!)}"))
            .Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(routes, described);
    }

    [Fact]
    public void An_endpoint_says_in_a_sentence_what_it_does()
    {
        var silent = Described().Where(e => !e.ActionDescriptor.EndpointMetadata.OfType<IEndpointSummaryMetadata>().Any())
            .Select(e => $"{e.HttpMethod} /{e.RelativePath}: add .WithSummary(\"…\") where it is mapped");

        Assert.Empty(silent);
    }

    [Fact]
    public async Task Names_of_operations_are_good_names_of_functions_and_each_is_there_once()
    {
        var names = (await OperationsAsync()).ConvertAll(o => o.Json.Text("operationId")!);

        Assert.All(names, n => Assert.Matches("^[a-z]+([A-Z][a-z0-9]*)*$", n));
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task An_answer_has_a_type()
    {
        var untyped = (await OperationsAsync())
            .Where(o => !o.Name.StartsWith("HEAD", StringComparison.Ordinal))
            .SelectMany(o => o.Json.At("responses").EnumerateObject()
                .Where(r => r.Name is "200" or "201" && !r.Value.TryGetProperty("content", out _))
                .Select(r => $"{o.Name}: {r.Name} has no type; return Ok<T> or Created<T>, NoContent, or say what it [Streams]"))
            .Where(o => !o.StartsWith("POST /api/v1/channels/{id}/messages", StringComparison.Ordinal));

        Assert.Empty(untyped);
    }

    [Fact]
    public async Task Every_operation_says_how_it_refuses()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            var answers = operation.At("responses").EnumerateObject().Select(r => r.Name).ToList();
            string[] expected = operation.TryGetProperty("security", out _) ? ["400", "401", "500"] : ["400", "500"];

            Assert.True(expected.All(answers.Contains), $"{name}: {string.Join(' ', answers)}");
        }
    }

    [Fact]
    public void A_version_that_is_honoured_is_documented()
    {
        var files = Directory.EnumerateFiles(Path.Combine(ProtocolPage.Root(), "src", "Fiko.WebApi", "Api"), "*.cs").Select(f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f)));

        Assert.All(files, f => Assert.Equal((f.Name, f.Text.Split("http.IfMatch()").Length - 1), (f.Name, f.Text.Split("[TakesHeader(\"If-Match\")]").Length - 1)));
    }

    [Fact]
    public async Task A_key_that_is_honoured_is_documented()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(ProtocolPage.Root(), "src", "Fiko.WebApi", "Api", "MessagesApi.cs"), Ct);

        var documented = (await OperationsAsync())
            .Where(o => o.Json.TryGetProperty("parameters", out var all) && all.EnumerateArray().Any(p => p.Text("name") == "Idempotency-Key" && p.Text("in") == "header"))
            .Select(o => o.Json.Text("operationId"));

        Assert.Equal(["sendMessage", "writeNote"], documented.Order(StringComparer.Ordinal));
        Assert.Equal(2, text.Split("Key(http, body.ClientId)").Length - 1);
    }

    [Fact]
    public async Task Every_code_of_a_refusal_is_in_the_document_and_on_the_page()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(ProtocolPage.Root(), "docs", "rest.md"), Ct);

        var codes = (await DocumentAsync("/openapi/v1.json")).At("components.schemas.Problem.properties.code").GetProperty("x-extensible-enum").EnumerateArray().Select(c => c.GetString()!).ToList();

        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.DoesNotContain(codes, c => !FrameErrors.Codes.Contains(c) && !page.Contains($"`{c}`", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Agent", "role", "owner admin agent")]
    [InlineData("Account", "role", "owner admin agent")]
    [InlineData("Channel", "status", "active disabled error")]
    [InlineData("CreateUserBody", "role", "owner admin agent")]
    [InlineData("PatchConversationBody", "status", "active pending closed")]
    public async Task A_field_of_few_values_lists_them(string shape, string field, string values)
    {
        var property = (await DocumentAsync("/openapi/v1.json")).At($"components.schemas.{shape}.properties.{field}");

        Assert.Equal(values.Split(' ').Order(StringComparer.Ordinal), property.At("enum").EnumerateArray().Select(v => v.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("createReply", "title text")]
    [InlineData("createTag", "name")]
    [InlineData("createWebhook", "url")]
    [InlineData("mergeCustomer", "into")]
    [InlineData("changeManyCustomers", "action")]
    [InlineData("changeConversations", "action")]
    [InlineData("writeNote", "content")]
    public async Task What_must_be_sent_is_required(string operation, string fields)
    {
        var document = await DocumentAsync("/openapi/v1.json");
        var body = (await OperationsAsync()).Single(o => o.Json.Text("operationId") == operation).Json.At("requestBody");

        var schema = new SchemaCheck(document).Resolve(body.GetProperty("content").GetProperty("application/json").GetProperty("schema"));

        Assert.True(body.At("required").GetBoolean());
        Assert.Equal(fields.Split(' '), schema.At("required").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task Shapes_have_names_of_the_trade()
    {
        var document = await DocumentAsync("/openapi/v1.json");

        var names = document.At("components.schemas").EnumerateObject().Select(s => s.Name).Concat(SocketContract.Document.At("components.schemas").EnumerateObject().Select(s => s.Name));
        Assert.All(names, n => Assert.Matches("^[A-Z][A-Za-z]+$", n));
        Assert.DoesNotContain(names, n => n.Contains("ValueTuple", StringComparison.Ordinal) || n.Contains("NullableOf", StringComparison.Ordinal) || n.Contains("PageOf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_are_in_the_writing_of_the_wire()
    {
        var documents = new[] { await DocumentAsync("/openapi/v1.json"), await DocumentAsync("/asyncapi.json") };

        var members = documents.SelectMany(d => d.At("components.schemas").EnumerateObject())
            .Where(s => s.Value.TryGetProperty("properties", out _))
            .SelectMany(s => s.Value.At("properties").EnumerateObject().Select(p => (s.Name, p.Name)));
        Assert.All(members, m => Assert.Matches("^[a-z][a-z0-9_]*$", m.Item2));
    }

    [Fact]
    public void A_frame_says_where_it_is_heard() =>
        Assert.DoesNotContain(FrameDirectory.Sent, f => f.Where == default);

    [Fact]
    public async Task Both_documents_are_there_for_everybody_in_production_too()
    {
        await using var production = new FikoServer();
        production.Settings["environment"] = "Production";
        production.Settings["Jwt:SigningKey"] = "only for this test, 32 bytes or more";
        production.Settings["Database:MigrateOnStart"] = "true";
        await production.InitializeAsync();

        using var rest = await production.Http.GetAsync("/openapi/v1.json", Ct);
        using var sockets = await production.Http.GetAsync("/asyncapi.json", Ct);
        using var page = await production.Http.GetAsync("/docs", Ct);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (rest.StatusCode, rest.Content.Headers.ContentType?.MediaType));
        Assert.Equal((HttpStatusCode.OK, "application/json"), (sockets.StatusCode, sockets.Content.Headers.ContentType?.MediaType));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Equal("3.1.1", (await rest.JsonAsync()).Text("openapi"));
        Assert.Equal("3.0.0", (await sockets.JsonAsync()).Text("asyncapi"));
    }

    [Fact]
    public async Task It_is_the_same_at_every_address()
    {
        var here = await server.Http.GetStringAsync("/openapi/v1.json", Ct);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        elsewhere.Headers.Host = "inbox.example";

        using var answer = await server.Http.SendAsync(elsewhere, Ct);

        Assert.Equal(here, await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<List<(string Name, JsonElement Json)>> OperationsAsync() =>
    [
        .. (await DocumentAsync("/openapi/v1.json")).At("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Where(o => Methods.Contains(o.Name)).Select(o => ($"{o.Name.ToUpperInvariant()} {p.Name}", o.Value))),
    ];

    private IEnumerable<ApiDescription> Described() => server.Provider.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items
        .SelectMany(g => g.Items).Where(e => e.RelativePath!.StartsWith("api/", StringComparison.Ordinal));

    private async Task<JsonElement> DocumentAsync(string path) => JsonDocument.Parse(await server.Http.GetStringAsync(path, Ct)).RootElement;

    private static string Plain(string route) => Constraint().Replace($"/{route.Trim('/')}", "{$1}");

    [GeneratedRegex(@"\{(\w+):[^}]+\}")]
    private static partial Regex Constraint();
}
