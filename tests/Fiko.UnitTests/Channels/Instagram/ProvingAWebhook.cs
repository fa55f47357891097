using System.Security.Cryptography;
using System.Text;
using Fiko.Infrastructure.Channels.Instagram;
using Fiko.UnitTests.Channels.Telegram;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace Fiko.UnitTests.Channels.Instagram;

public sealed class ProvingAWebhook : IDisposable
{
    private const string Empty = """{"object":"instagram","entry":[]}""";
    private const string OfEmpty = "sha256=5ab8d398aa140ce4ceebb6fa613d3b4d0148a1c48ca51804d7f2cf9dba5878f0";

    private const string Full =
        """{"object":"instagram","entry":[{"id":"17841499900000001","time":1760000000123,"messaging":[{"sender":{"id":"990000000000001"},"recipient":{"id":"17841499900000001"},"timestamp":1760000000001,"message":{"mid":"m_example_1","text":"\u0633\u0644\u0627\u0645"}}]}]}""";

    private const string OfFull = "sha256=d0e6b4dc550261048f986db776db40f63045aeff789273c5424fab7903c58704";

    private readonly IInstagramEndpoint _endpoint = Substitute.For<IInstagramEndpoint>();
    private readonly WrittenLog _log = new();
    private readonly LoggerFactory _logs;
    private readonly InstagramWebhooks _webhooks;

    public ProvingAWebhook()
    {
        _logs = new LoggerFactory([_log]);
        _webhooks = new InstagramWebhooks(_endpoint, _logs.CreateLogger<InstagramWebhooks>());
        _endpoint.AppSecrets.Returns(["fiko-example-app-secret"]);
        _endpoint.VerifyToken.Returns("fiko-example-verify-token");
    }

    public static TheoryData<string> WrongSignatures =>
    [
        "", "sha256=", OfFull, OfEmpty[7..], OfEmpty.ToUpperInvariant(), $"sha1={OfEmpty[7..47]}", $"{OfEmpty}0", OfEmpty[..^1], $"{OfEmpty[..^1]}1", $" {OfEmpty}", $"{OfEmpty[..^1]}g",
        $"sha256={new string('0', 64)}", $"SHA256={OfEmpty[7..]}",
    ];

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData(Empty, OfEmpty)]
    [InlineData(Full, OfFull)]
    public void A_signature_over_the_very_bytes_is_believed(string body, string signature) => Assert.True(Proves(body, signature));

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public void Any_other_is_not(string signature) => Assert.False(Proves(Empty, signature));

    [Fact]
    public void None_at_all_is_not_either() => Assert.False(Proves(Empty, null));

    [Fact]
    public void The_same_json_in_other_bytes_is_another_body() => Assert.False(Proves(Full.Replace("\\u0633", "س", StringComparison.Ordinal), OfFull));

    [Fact]
    public void One_bit_is_enough()
    {
        var body = Encoding.UTF8.GetBytes(Full);
        for (var at = 0; at < body.Length; at++)
        {
            body[at] ^= 1;
            Assert.False(_webhooks.Proves(body, OfFull));
            body[at] ^= 1;
        }

        Assert.True(_webhooks.Proves(body, OfFull));
    }

    [Fact]
    public void Either_of_two_secrets_will_do()
    {
        _endpoint.AppSecrets.Returns(["new-secret", "fiko-example-app-secret"]);

        Assert.True(Proves(Full, OfFull));
        Assert.True(Proves(Full, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("new-secret"u8, Encoding.UTF8.GetBytes(Full)))}"));
    }

    [Fact]
    public void Without_a_secret_nothing_is_believed_and_one_line_says_why()
    {
        _endpoint.AppSecrets.Returns([]);

        Assert.False(Proves(Full, OfFull));
        Assert.False(Proves(Full, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes(Full)))}"));

        Assert.Single(_log.Lines, line => line.Contains("Instagram:AppSecret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("subscribe", "fiko-example-verify-token", true)]
    [InlineData("subscribe", "fiko-example-verify-tokem", false)]
    [InlineData("subscribe", "", false)]
    [InlineData("subscribe", null, false)]
    [InlineData("unsubscribe", "fiko-example-verify-token", false)]
    [InlineData(null, "fiko-example-verify-token", false)]
    public void Who_registers_the_address_shows_the_verify_token(string? mode, string? token, bool may) => Assert.Equal(may, _webhooks.MayRegister(mode, token));

    [Fact]
    public void Nobody_does_where_there_is_none()
    {
        _endpoint.VerifyToken.Returns((string?)null);

        Assert.False(_webhooks.MayRegister("subscribe", ""));
        Assert.False(_webhooks.MayRegister("subscribe", null));
    }

    private bool Proves(string body, string? signature) => _webhooks.Proves(Encoding.UTF8.GetBytes(body), signature);
}
