using System.Security.Claims;
using Fiko.FunctionalTests.Hosting;
using Fiko.Infrastructure.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fiko.FunctionalTests.Auth;

public sealed class HangingUp(FikoServer server) : IClassFixture<FikoServer>
{
    /// <summary>On a bad network this happens all the time; the framework logged each of them as an error.</summary>
    [Fact]
    public async Task While_the_token_is_looked_up_is_no_error()
    {
        var workspace = await TestWorkspace.CreateAsync(server, agents: 1);
        await using var scope = server.Provider.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = new CancellationToken(canceled: true) };
        var scheme = new AuthenticationScheme(JwtBearerDefaults.AuthenticationScheme, null, typeof(JwtBearerHandler));
        var proof = new TokenValidatedContext(http, scheme, new JwtBearerOptions())
        {
            Principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", $"{workspace.Owner.Id}")])),
        };

        await new BearerEvents().TokenValidated(proof);

        Assert.Equal("Nobody waits for the answer", proof.Result?.Failure?.Message);
    }
}
