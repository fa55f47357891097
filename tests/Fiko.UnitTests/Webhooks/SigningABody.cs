using System.Text;
using Fiko.Infrastructure.Webhooks;

namespace Fiko.UnitTests.Webhooks;

public sealed class SigningABody
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"ping"}""");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    // Made with: printf '1700000000.{"type":"ping"}' | openssl dgst -sha256 -hmac whsec_test
    [Fact]
    public void It_is_what_openssl_says() =>
        Assert.Equal("t=1700000000,v1=bc08c591847b765241711bcbe7067e3869a219e424d3fdd9d00b3b6f915baf97", BodySignature.Of(Body, At, ["whsec_test"]));

    [Fact]
    public void Two_secrets_sign_twice_the_newer_first()
    {
        var both = BodySignature.Of(Body, At, ["new", "old"]);

        Assert.Equal($"{BodySignature.Of(Body, At, ["new"])},v1={BodySignature.Of(Body, At, ["old"]).Split("v1=")[1]}", both);
    }

    [Fact]
    public void Another_time_another_body_or_another_secret_is_another_signature()
    {
        string[] all =
        [
            BodySignature.Of(Body, At, ["a"]),
            BodySignature.Of(Body, At.AddSeconds(1), ["a"]),
            BodySignature.Of([.. Body, 32], At, ["a"]),
            BodySignature.Of(Body, At, ["b"]),
        ];

        Assert.Equal(4, all.Select(s => s.Split("v1=")[1]).Distinct().Count());
    }
}
