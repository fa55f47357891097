using System.Security.Cryptography;
using Fiko.Application.Auth;
using Fiko.Domain.Shared;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Fiko.UnitTests.Auth;

public sealed class TrustingAnIdentityProvider : IAsyncLifetime
{
    private const string Claims = """{"iss":"https://id.example.com/","aud":"fiko","exp":2000000000,"sub":"f3c1","sid":"their-own","email":"Sara@fiko.test","email_verified":true}""";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private AuthHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var published = new OpenIdConnectConfiguration { Issuer = "https://id.example.com/" };
        published.SigningKeys.Add(new RsaSecurityKey(_rsa) { KeyId = "rsa" });
        published.SigningKeys.Add(new ECDsaSecurityKey(_ec) { KeyId = "ec" });
        _host = await AuthHost.StartAsync(
            services => services.Configure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme,
                o => o.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(published)),
            new Dictionary<string, string?> { ["Jwt:Authority"] = "https://id.example.com/", ["Jwt:Audience"] = "fiko", ["Jwt:SigningKey"] = AuthWorld.Key });
        await _host.World.AgentAsync();
    }

    public ValueTask DisposeAsync()
    {
        _rsa.Dispose();
        _ec.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task A_token_signed_by_a_published_key_stands_for_the_agent_with_its_verified_email()
    {
        Assert.Equal("1", await _host.WhoAsync(Rs256(Claims)));
        Assert.Equal("1", await _host.WhoAsync(Es256(Claims)));
        Assert.StartsWith("1 ", await _host.Http.GetStringAsync($"/read?token={Rs256(Claims)}", AuthWorld.Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "false")]
    [InlineData(",\"email_verified\":true", "")]
    [InlineData("Sara@fiko.test", "nobody@fiko.test")]
    [InlineData("https://id.example.com/", "https://other.example.com/")]
    [InlineData("\"fiko\"", "\"another\"")]
    [InlineData("2000000000", "1")]
    public async Task Anything_else_in_the_claims_is_not_enough(string part, string instead) =>
        Assert.Equal("nobody", await _host.WhoAsync(Rs256(Claims.Replace(part, instead, StringComparison.Ordinal))));

    [Fact]
    public async Task Its_numbers_are_not_our_ids() => Assert.Equal(
        "nobody",
        await _host.WhoAsync(Rs256("""{"iss":"https://id.example.com/","aud":"fiko","exp":2000000000,"sub":"1","user_id":1}""")));

    [Fact]
    public async Task A_shared_secret_signs_nothing()
    {
        var published = _rsa.ExportSubjectPublicKeyInfo();

        Assert.Equal("nobody", await _host.WhoAsync(ForgedToken.Hs256(Claims)));
        Assert.Equal("nobody", await _host.WhoAsync(ForgedToken.Signed("""{"alg":"HS256","kid":"rsa"}""", Claims, d => HMACSHA256.HashData(published, d))));
    }

    [Fact]
    public async Task Another_key_signs_nothing()
    {
        using var other = RSA.Create(2048);

        Assert.Equal("nobody", await _host.WhoAsync(Rs256(Claims, other)));
        Assert.DoesNotContain(_host.Log.Lines, l => l.Contains("Sara@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Passwords_open_nothing_here()
    {
        using var scope = _host.Services.CreateScope();
        var mediator = scope.ServiceProvider.GetRequiredService<MediatR.IMediator>();

        var refusal = await Assert.ThrowsAsync<RuleBrokenException>(() => mediator.Send(new LogIn("sara@fiko.test", "right"), AuthWorld.Ct));

        Assert.Equal("login_elsewhere", refusal.Code);
    }

    private string Rs256(string claims, RSA? key = null) => ForgedToken.Signed(
        """{"alg":"RS256","kid":"rsa"}""", claims, d => (key ?? _rsa).SignData(d, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private string Es256(string claims) => ForgedToken.Signed("""{"alg":"ES256","kid":"ec"}""", claims, d => _ec.SignData(d, HashAlgorithmName.SHA256));
}
