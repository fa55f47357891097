using System.Net;
using System.Security.Cryptography;
using System.Text;
using Fiko.Application.Auth;
using Microsoft.EntityFrameworkCore;

namespace Fiko.UnitTests.Auth;

public sealed class ProvingWhoIsCalling : IAsyncLifetime
{
    private AuthHost _host = null!;
    private long _sara;

    private AuthWorld World => _host.World;

    private long Now => World.Time.GetUtcNow().ToUnixTimeSeconds();

    public async ValueTask InitializeAsync()
    {
        _host = await AuthHost.StartAsync();
        _sara = (await World.AgentAsync()).Id;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_own_token_is_believed_until_exp_and_not_at_it()
    {
        var login = await World.LogInAsync();

        World.Time.Advance(TimeSpan.FromSeconds(1799));
        Assert.Equal($"{_sara}", await _host.WhoAsync(login.AccessToken));

        World.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("nobody", await _host.WhoAsync(login.AccessToken));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.GetAsync("/who", login.AccessToken)).StatusCode);
    }

    [Theory]
    [InlineData("""{"token_type":"access","exp":EXP,"iat":1,"jti":"x","user_id":1}""")]
    [InlineData("""{"token_type":"access","exp":EXP,"user_id":"1"}""")]
    [InlineData("""{"exp":EXP,"sub":"1"}""")]
    [InlineData("""{"exp":EXP,"sub":"1","user_id":77}""")]
    public async Task Tokens_of_both_backends_are_read(string payload) => Assert.Equal("1", await _host.WhoAsync(ForgedToken.Hs256(At(payload))));

    [Theory]
    [InlineData("""{"sub":"1"}""")]
    [InlineData("""{"sub":"1","exp":null}""")]
    [InlineData("""{"sub":"1","exp":"soon"}""")]
    [InlineData("""{"sub":"1","exp":0}""")]
    [InlineData("""{"sub":"1","exp":-1}""")]
    [InlineData("""{"sub":"1","exp":EXP,"nbf":EXP}""")]
    [InlineData("""{"exp":EXP,"sub":"1","token_type":"refresh"}""")]
    [InlineData("""{"exp":EXP,"sub":"1","token_type":["access","refresh"]}""")]
    [InlineData("""{"exp":EXP,"sub":"1","token_type":""}""")]
    [InlineData("""{"exp":EXP}""")]
    [InlineData("""{"exp":EXP,"sub":""}""")]
    [InlineData("""{"exp":EXP,"sub":"-1"}""")]
    [InlineData("""{"exp":EXP,"sub":"0"}""")]
    [InlineData("""{"exp":EXP,"sub":"1.0"}""")]
    [InlineData("""{"exp":EXP,"sub":" 1"}""")]
    [InlineData("""{"exp":EXP,"sub":"sara@fiko.test"}""")]
    [InlineData("""{"exp":EXP,"sub":"99999999999999999999"}""")]
    [InlineData("""{"exp":EXP,"sub":"nobody","user_id":1}""")]
    [InlineData("""{"exp":EXP,"user_id":-1}""")]
    [InlineData("""{"exp":EXP,"user_id":1.5}""")]
    [InlineData("""{"exp":EXP,"user_id":true}""")]
    [InlineData("""{"exp":EXP,"user_id":[1,2]}""")]
    [InlineData("""{"exp":EXP,"user_id":{"id":1}}""")]
    [InlineData("""{"exp":EXP,"user_id":404}""")]
    [InlineData("""{"exp":EXP,"sub":"1","sid":"404"}""")]
    [InlineData("""{"exp":EXP,"sub":"1","sid":"x"}""")]
    [InlineData("""[1]""")]
    [InlineData("""not json""")]
    public async Task What_the_claims_do_not_prove_is_not_believed(string payload) =>
        Assert.Equal("nobody", await _host.WhoAsync(ForgedToken.Hs256(At(payload))));

    [Fact]
    public async Task Only_HS256_with_the_own_key_is_a_signature()
    {
        var payload = At("""{"exp":EXP,"sub":"1"}""");
        var key = Encoding.UTF8.GetBytes(AuthWorld.Key);
        var good = ForgedToken.Hs256(payload);
        string[] forged =
        [
            ForgedToken.Hs256(payload, "another key of thirty-two bytes!"),
            ForgedToken.Signed("""{"alg":"none","typ":"JWT"}""", payload, _ => []),
            ForgedToken.Signed("""{"alg":"None"}""", payload, d => HMACSHA256.HashData(key, d)),
            ForgedToken.Signed("""{"alg":"HS512","typ":"JWT"}""", payload, d => HMACSHA512.HashData(key, d)),
            ForgedToken.Signed("""{"alg":"RS256","typ":"JWT"}""", payload, d => HMACSHA256.HashData(key, d)),
            ForgedToken.Signed("""{"typ":"JWT"}""", payload, d => HMACSHA256.HashData(key, d)),
            good[..good.LastIndexOf('.')],
            good[..(good.LastIndexOf('.') + 1)],
            good[..^4],
            good + "AAAA",
            "x",
            "..",
        ];

        Assert.Equal("1", await _host.WhoAsync(good));
        foreach (var token in forged)
        {
            Assert.Equal("nobody", await _host.WhoAsync(token));
        }
    }

    [Fact]
    public async Task A_session_that_ended_takes_its_tokens_with_it()
    {
        var login = await World.LogInAsync();
        await World.SendAsync(new LogOut(null, login.RefreshToken));

        Assert.Equal("nobody", await _host.WhoAsync(login.AccessToken));
    }

    [Fact]
    public async Task Another_agents_session_proves_nothing()
    {
        await World.AgentAsync("reza@fiko.test");
        await World.LogInAsync("reza@fiko.test");

        Assert.Equal("nobody", await _host.WhoAsync(ForgedToken.Hs256(At("""{"exp":EXP,"sub":"1","sid":"1"}"""))));
        Assert.Equal("2", await _host.WhoAsync(ForgedToken.Hs256(At("""{"exp":EXP,"sub":"2","sid":1}"""))));
    }

    [Fact]
    public async Task A_deactivated_agent_is_nobody()
    {
        var login = await World.LogInAsync();
        await World.InDbAsync(async db =>
        {
            (await db.Agents.SingleAsync(AuthWorld.Ct)).Deactivate();
            return true;
        });

        Assert.Equal("nobody", await _host.WhoAsync(login.AccessToken));
        Assert.Equal("nobody", await _host.WhoAsync(ForgedToken.Hs256(At("""{"exp":EXP,"sub":"1"}"""))));
    }

    [Fact]
    public async Task The_header_comes_before_the_subprotocol_and_that_before_the_url()
    {
        var (first, second, third) = (await TokenOfAsync("a@x"), await TokenOfAsync("b@x"), await TokenOfAsync("c@x"));
        var subprotocol = ("Sec-WebSocket-Protocol", $"fiko.v1, bearer.{second.Token}");
        var url = ("X-Url-Token", third.Token);

        Assert.Equal(first.Id, await _host.WhoAsync(first.Token, subprotocol, url));
        Assert.Equal(second.Id, await _host.WhoAsync(null, subprotocol, url));
        Assert.Equal(third.Id, await _host.WhoAsync(null, url));
        Assert.Equal("nobody", await _host.WhoAsync("bad", subprotocol, url));
        Assert.Equal("nobody", await _host.WhoAsync(null));
    }

    [Fact]
    public async Task A_token_from_the_url_opens_sockets_alone()
    {
        var login = await World.LogInAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await _host.GetAsync("/who", null, ("X-Url-Token", login.AccessToken))).StatusCode);
    }

    [Fact]
    public async Task A_token_that_came_in_a_frame_is_read_by_the_same_rules()
    {
        var login = await World.LogInAsync();

        Assert.Equal($"{_sara} 2030-01-02T03:34:05.0000000+00:00", await ReadAsync(login.AccessToken));
        Assert.Equal("nobody", await ReadAsync(ForgedToken.Hs256(At("""{"exp":EXP,"sub":"1","token_type":"refresh"}"""))));
        Assert.Equal("nobody", await ReadAsync("x"));
        World.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("nobody", await ReadAsync(login.AccessToken));
    }

    [Fact]
    public async Task No_log_line_and_no_answer_says_anything_of_a_token()
    {
        var payload = At("""{"exp":EXP,"sub":"1","iss":"https://secret-issuer.example","jti":"secret-of-the-token"}""");
        var key = Encoding.UTF8.GetBytes(AuthWorld.Key);
        var login = await World.LogInAsync();
        string[] tokens =
        [
            login.AccessToken,
            ForgedToken.Hs256(payload),
            ForgedToken.Hs256(payload, "another key of thirty-two bytes!"),
            ForgedToken.Hs256(payload.Replace("\"1\"", "\"404\"", StringComparison.Ordinal)),
            ForgedToken.Hs256("""{"exp":1,"sub":"1","jti":"secret-of-the-token"}"""),
            ForgedToken.Hs256("secret-of-the-token {"),
            ForgedToken.Signed("""{"alg":"HS256","kid":"secret-key-name-1234"}""", payload, d => HMACSHA256.HashData(key[..16], d)),
            ForgedToken.Signed("""{"alg":"secret-algorithm-name"}""", payload, _ => key),
            "no-dots-but-a-secret-of-the-token",
            "secret-of-the-token.secret-of-the-token.secret-of-the-token",
            "!!secret-of-the-token.secret-of-the-token!!.secret-of-the-token!!",
        ];

        var answers = new StringBuilder();
        foreach (var token in tokens)
        {
            var answer = await _host.GetAsync("/who", token);
            answers.Append(answer.Headers).Append(await answer.Content.ReadAsStringAsync(AuthWorld.Ct));
        }

        var said = string.Join('\n', [.. _host.Log.Lines, answers.ToString()]);
        Assert.Contains("Bearer was not authenticated", said, StringComparison.Ordinal);
        foreach (var run in tokens.SelectMany(t => t.Split('.').Skip(t.StartsWith("eyJ", StringComparison.Ordinal) ? 1 : 0)).SelectMany(Runs))
        {
            Assert.DoesNotContain(run, said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("secret-", said, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Runs(string part)
    {
        for (var start = 0; start + 12 <= part.Length; start++)
        {
            yield return part.Substring(start, 12);
        }
    }

    private string At(string payload) => payload.Replace("EXP", $"{Now + 60}", StringComparison.Ordinal);

    private async Task<(string Id, string Token)> TokenOfAsync(string email)
    {
        var agent = await World.AgentAsync(email);
        return ($"{agent.Id}", (await World.LogInAsync(email)).AccessToken);
    }

    private Task<string> ReadAsync(string token) => _host.Http.GetStringAsync($"/read?token={token}", AuthWorld.Ct);
}
