using System.Net.Sockets;
using System.Text;

namespace Fiko.LoadTests.Fuzz;

/// <summary>Handshakes that no browser sends: odd addresses, tokens, cursors, tickets, headers, and those that end in the middle.</summary>
internal sealed class FuzzHandshake(FuzzClient client)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private readonly FuzzChance _chance = client.Chance;

    public async Task<int> KnockAsync(CancellationToken end)
    {
        var world = client.World;
        var text = Request();
        var half = _chance.OneIn(5);
        var bytes = _chance.Encode(half ? text[.._chance.Below(text.Length)] : text);
        await client.SayAsync(half ? "half a handshake" : "handshake", bytes, end);
        using var tcp = new TcpClient { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        patience.CancelAfter(Patience);
        await tcp.ConnectAsync(world.Address.Host, world.Address.Port, patience.Token);
        try
        {
            var stream = tcp.GetStream();
            await stream.WriteAsync(bytes, patience.Token);
            if (half && !_chance.OneIn(20))
            {
                tcp.Client.LingerState = new LingerOption(_chance.OneIn(2), 0);
                return 1;
            }

            await HearAsync(stream, patience.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            throw new FuzzFinding("A handshake was neither answered nor cut");
        }
        catch (IOException)
        {
            client.Counted("handshake reset");
        }

        return 1;
    }

    private async Task HearAsync(NetworkStream stream, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var length)
        {
            all.Write(buffer, 0, length);
            var heard = all.ToArray();
            if (heard.AsSpan().IndexOf("\r\n\r\n"u8) is not (>= 0 and var head))
            {
                continue;
            }

            var status = Encoding.ASCII.GetString(heard.AsSpan(0, Math.Min(12, heard.Length)));
            client.Counted($"handshake {status[^3..]}");
            if (status[9] is '5')
            {
                throw new FuzzFinding($"A handshake was answered {Encoding.UTF8.GetString(heard.AsSpan(0, Math.Min(heard.Length, 600)))}");
            }

            if (status[^3..] is "101" && FuzzWire.ClosedWith(heard.AsSpan(head + 4)) is 1011)
            {
                throw new FuzzFinding("A handshake brought about 1011");
            }

            return;
        }
    }

    private string Request()
    {
        var world = client.World;
        var chat = world.Quick.Count > 0 && _chance.OneIn(2) ? _chance.Pick(world.Quick) : world.Id("conv", _chance);
        var path = _chance.Below(8) switch
        {
            0 => $"/ws/chat/{Escape(_chance.OddText())}/",
            1 => _chance.Pick(["/ws/", "/ws/chat/", "/ws/chat//", "/WS/CONVERSATIONS", "/ws/conversations/x", "/ws/chat/conv_1/x", "//ws/conversations/", "/ws/chat/%63onv_1"]),
            < 5 => $"/ws/chat/{Escape(chat)}{(_chance.OneIn(3) ? "" : "/")}",
            _ => "/ws/conversations/",
        };
        var query = new List<string>();
        for (var n = _chance.Below(5); n > 0; n--)
        {
            query.Add(_chance.Below(6) switch
            {
                0 => $"token={Escape(world.Token(_chance))}",
                1 => $"cursor={Escape(_chance.OneIn(2) ? world.Id("cursor", _chance) : _chance.OddText())}",
                2 => $"ticket={Escape(_chance.OddText())}",
                3 => $"lang={Escape(_chance.OneIn(2) ? "en" : _chance.OddText())}",
                4 => $"{Escape(_chance.Word())}={Escape(_chance.OddText())}",
                _ => _chance.Pick(["token", "token=", "&&", "token=a=b", "%", "token=%00", "cursor=.", "cursor=g.g", "cursor=49bccfa6.ffffffffffffffff", "cursor=.1", "cursor=1."]),
            });
        }

        if (!_chance.OneIn(3))
        {
            query.Insert(_chance.Below(query.Count + 1), $"token={world.OwnerToken}");
        }

        var text = new StringBuilder($"{_chance.Pick(["GET", "GET", "GET", "GET", "GET", "POST", "HEAD", "get", "BREW"])} {path}?{string.Join('&', query)} HTTP/1.{_chance.Pick(["1", "1", "1", "1", "0"])}\r\n");
        foreach (var (name, value) in Headers())
        {
            if (!_chance.OneIn(20))
            {
                text.Append(name).Append(": ").Append(_chance.OneIn(20) ? _chance.OddText().ReplaceLineEndings("") : value).Append("\r\n");
            }
        }

        return text.Append("\r\n").ToString();
    }

    private IEnumerable<(string Name, string Value)> Headers()
    {
        yield return ("Host", client.World.Address.Authority);
        yield return ("Connection", _chance.OneIn(10) ? "keep-alive, Upgrade" : "Upgrade");
        yield return ("Upgrade", "websocket");
        yield return ("Sec-WebSocket-Version", "13");
        yield return ("Sec-WebSocket-Key", Convert.ToBase64String(_chance.Bytes(_chance.OneIn(20) ? _chance.Below(40) : 16)));
        if (_chance.OneIn(6))
        {
            yield return ("Authorization", _chance.Pick(["Bearer", "Bearer ", "Basic eDp4", $"Bearer {client.World.Token(_chance)}", "Bearer a b c"]));
        }

        if (_chance.OneIn(6))
        {
            yield return ("Sec-WebSocket-Protocol", _chance.Pick(["fiko.v1", "fiko.v1, bearer.", "bearer.x", $"fiko.v1, bearer.{client.World.OwnerToken}", "fiko.v1, fiko.v1", ",,,", "chat"]));
        }

        if (_chance.OneIn(6))
        {
            yield return ("Sec-WebSocket-Extensions", _chance.Pick(["permessage-deflate", "permessage-deflate; client_max_window_bits=99", "x; y=\"", "permessage-deflate; server_max_window_bits"]));
        }

        if (_chance.OneIn(6))
        {
            yield return ("Origin", _chance.Pick(["null", "http://localhost", "https://evil.test", "x", $"http://{client.World.Address.Authority}"]));
        }
    }

    private static string Escape(string text) => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > 3000 ? text[..3000] : text)));
}
