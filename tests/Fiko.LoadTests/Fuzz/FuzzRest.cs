using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Fiko.LoadTests.Fuzz;

/// <summary>Odd requests to every operation of the published document. None may be answered with a failure of the server, or not at all.</summary>
internal sealed class FuzzRest(FuzzClient client)
{
    // What would end the clients' own sessions, and the channels that they write through.
    private static readonly string[] Spared = ["POST /api/v1/auth/logout", "POST /api/v1/auth/password", "DELETE /api/v1/channels/{id}", "POST /api/v1/channels/{id}/key", "PATCH /api/v1/channels/{id}"];

    private readonly FuzzChance _chance = client.Chance;

    public async Task<int> AskAsync(int times, CancellationToken end)
    {
        for (var n = 0; n < times; n++)
        {
            var (method, path, operation) = _chance.Pick(client.World.Rest.Operations);

            // A password costs a tenth of a second of a processor, which others need, too.
            if (Spared.Contains($"{method} {path}") || (path.Contains("auth/login", StringComparison.Ordinal) && !_chance.OneIn(5)))
            {
                continue;
            }

            var (address, body, type) = (Address(path, operation), Body(operation), _chance.OneIn(30) ? _chance.Pick(["text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=x", "x"]) : null);
            if (method is "POST" && path is "/api/v1/users" or "/api/v1/channels" && _chance.OneIn(2))
            {
                continue;
            }

            using var request = Make(method, address, body, type ?? TypeOf(operation), operation);
            await client.SayAsync($"REST {method} {address}", body ?? [], end);
            await SendAsync(request, operation, end);
        }

        return times;
    }

    private HttpRequestMessage Make(string method, string address, byte[]? body, string type, JsonElement operation)
    {
        var world = client.World;
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (_chance.OneIn(15))
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"{_chance.Pick(["Bearer", "bearer", "Basic", ""])} {Header(world.Token(_chance))}");
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _chance.OneIn(4) ? _chance.Pick(world.Tokens) : world.OwnerToken);
        }

        foreach (var parameter in Parameters(operation, "header"))
        {
            if (_chance.OneIn(3))
            {
                request.Headers.TryAddWithoutValidation(parameter.GetProperty("name").GetString()!, _chance.OneIn(2) ? $"\"{_chance.Below(5)}\"" : Header(_chance.OddText()));
            }
        }

        if (address.Contains("/messages", StringComparison.Ordinal) && address.Contains("/channels/", StringComparison.Ordinal))
        {
            if (_chance.OneIn(10))
            {
                request.Headers.TryAddWithoutValidation("X-Fiko-Channel-Key", Header(_chance.OddText()));
            }
            else
            {
                world.AddKey(request);
            }
        }

        return request;
    }

    private async Task SendAsync(HttpRequestMessage request, JsonElement operation, CancellationToken end)
    {
        var asked = $"{request.Method} {request.RequestUri}";
        try
        {
            using var answer = await client.World.Http.SendAsync(request, end);
            var status = (int)answer.StatusCode;
            client.Counted($"REST-{status / 100}xx");
            var text = await answer.Content.ReadAsStringAsync(end);
            if (status >= 500 || (status is not (400 or 404 or 405 or 414 or 431) && !operation.GetProperty("responses").TryGetProperty($"{status}", out _)))
            {
                throw new FuzzFinding($"{asked} was answered {status} {text}");
            }

            if (answer.IsSuccessStatusCode)
            {
                client.World.Harvest(text);
            }
        }
        catch (TaskCanceledException) when (!end.IsCancellationRequested)
        {
            throw new FuzzFinding($"{asked} was not answered");
        }
    }

    private string Address(string path, JsonElement operation)
    {
        foreach (var parameter in Parameters(operation, "path"))
        {
            var name = parameter.GetProperty("name").GetString()!;
            path = path.Replace($"{{{name}}}", Escape(_chance.OneIn(8) ? _chance.OddText() : PathId(path, name)), StringComparison.Ordinal);
        }

        var query = new List<string>();
        foreach (var parameter in Parameters(operation, "query"))
        {
            for (var times = _chance.Pick([0, 0, 1, 1, 1, 2]); times > 0; times--)
            {
                var name = parameter.GetProperty("name").GetString()!;
                var value = _chance.OneIn(4) ? _chance.OddText() : client.World.Rest.Make(parameter.GetProperty("schema"), name, client.World, _chance).ToString().Trim('"');
                query.Add($"{name}={Escape(value)}");
            }
        }

        if (_chance.OneIn(40))
        {
            query.Add($"{Escape(_chance.OddText())}={Escape(_chance.OddText())}");
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private string PathId(string path, string name) =>
        path.StartsWith("/api/v1/channels", StringComparison.Ordinal) ? $"{client.World.ApiChannel}"
        : name is "message" ? client.World.Id("msg", _chance)
        : path.StartsWith("/api/v1/conversations", StringComparison.Ordinal) ? client.World.Id("conv", _chance)
        : path.StartsWith("/api/v1/attachments", StringComparison.Ordinal) ? client.World.Id("att", _chance)
        : path.StartsWith("/api/v1/users", StringComparison.Ordinal) ? client.World.SpareUser(_chance)
        : client.World.Id("id", _chance);

    private byte[]? Body(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return _chance.OneIn(30) ? _chance.Encode(_chance.OddValue()) : null;
        }

        var content = client.World.Rest.Resolve(body).GetProperty("content").EnumerateObject().First();
        if (content.Name.StartsWith("multipart", StringComparison.Ordinal))
        {
            return Multipart();
        }

        var node = client.World.Rest.Make(content.Value.GetProperty("schema"), "", client.World, _chance);
        return _chance.OneIn(30) ? _chance.Encode(_chance.OddValue()) : _chance.Encode(node.Mutate(_chance, _chance.Below(4)).Scribble(_chance));
    }

    private byte[] Multipart()
    {
        var type = _chance.Pick(["image/png", "text/plain", "application/octet-stream", "x", "", "image/svg+xml"]);
        var head = $"--fuzz\r\nContent-Disposition: form-data; name={_chance.Pick(["file", "file", "\"file\"", "x", ""])}; filename=\"{_chance.OddText().ReplaceLineEndings("")}\"\r\nContent-Type: {type}\r\n\r\n";
        byte[] payload = _chance.Pick<byte[]>([[], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], "GIF89a"u8.ToArray(), "%PDF-1.4"u8.ToArray(), "RIFF____WEBPVP8X"u8.ToArray()]);
        byte[] whole = [.. Encoding.UTF8.GetBytes(head), .. payload, .. _chance.Bytes(_chance.Below(300)), .. "\r\n--fuzz--\r\n"u8];
        return _chance.OneIn(5) ? whole[.._chance.Below(whole.Length)] : whole;
    }

    private IEnumerable<JsonElement> Parameters(JsonElement operation, string place) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(client.World.Rest.Resolve).Where(p => p.GetProperty("in").GetString() == place)
            : [];

    private static string TypeOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.TryGetProperty("content", out var content) && content.EnumerateObject().First().Name.StartsWith("multipart", StringComparison.Ordinal)
            ? "multipart/form-data; boundary=fuzz"
            : "application/json";

    private static string Header(string text) => new([.. text.Where(c => c is >= ' ' and < (char)0x7f).Take(3000)]);

    private static string Escape(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > 2000 ? text[..2000] : text)));
}
